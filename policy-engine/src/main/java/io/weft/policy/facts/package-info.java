/** Folds what agents report into facts: coarse, so that ordinary life in a cluster changes nobody's bundle. */
@NullMarked
package io.weft.policy.facts;

import org.jspecify.annotations.NullMarked;
