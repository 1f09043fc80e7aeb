/** A person's word on what the brake holds. */
@NullMarked
package io.weft.hub.inventory.internal.web;

import org.jspecify.annotations.NullMarked;
