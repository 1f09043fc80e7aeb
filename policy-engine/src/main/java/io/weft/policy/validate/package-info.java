/** Reads documents into resources and judges them against an image; every violation at once, nothing thrown half-way. */
@NullMarked
package io.weft.policy.validate;

import org.jspecify.annotations.NullMarked;
