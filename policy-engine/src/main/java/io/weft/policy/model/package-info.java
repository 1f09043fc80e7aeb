/** What people declare and how things are named: typed identifiers, the closed set of kinds, and the sealed {@code Resource}. */
@NullMarked
package io.weft.policy.model;

import org.jspecify.annotations.NullMarked;
