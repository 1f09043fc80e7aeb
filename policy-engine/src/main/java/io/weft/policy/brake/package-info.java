/** The one judge of dangerous shrinking. */
@NullMarked
package io.weft.policy.brake;

import org.jspecify.annotations.NullMarked;
