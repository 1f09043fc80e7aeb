/**
 * Weft on one machine by one command: PostgreSQL and the replicas of the hub in one supervised tree of processes, with
 * everything they keep in one data folder.
 */
@NullMarked
package io.weft.launcher;

import org.jspecify.annotations.NullMarked;
