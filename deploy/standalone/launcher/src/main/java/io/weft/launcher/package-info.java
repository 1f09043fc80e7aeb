/** One supervised process tree on one machine: PostgreSQL and the hub's replicas. */
@NullMarked
package io.weft.launcher;

import org.jspecify.annotations.NullMarked;
