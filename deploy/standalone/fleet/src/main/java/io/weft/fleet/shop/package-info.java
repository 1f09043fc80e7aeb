/** What is in the simulated clusters: an online shop, its nodes, its mesh. */
@NullMarked
package io.weft.fleet.shop;

import org.jspecify.annotations.NullMarked;
