/** Samples and generators that the tests of this module, and of those that use it, share; and rules that hold for all of it. */
@NullMarked
package io.weft.policy;

import org.jspecify.annotations.NullMarked;
