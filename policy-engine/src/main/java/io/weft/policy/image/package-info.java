/** The immutable picture of one tenant at one position of its log, the entries of the log, and how each changes the picture. */
@NullMarked
package io.weft.policy.image;

import org.jspecify.annotations.NullMarked;
