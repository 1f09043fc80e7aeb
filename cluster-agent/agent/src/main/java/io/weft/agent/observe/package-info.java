/** Folds what is watched into the items of reports. Pure functions, and the difference to what was reported. */
@NullMarked
package io.weft.agent.observe;

import org.jspecify.annotations.NullMarked;
