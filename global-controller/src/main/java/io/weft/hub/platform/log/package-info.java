/**
 * The one totally ordered log per tenant: every entry that can change what a cluster should have. Two stores, PostgreSQL
 * and memory, pass one contract suite.
 */
@NamedInterface("log")
@NullMarked
package io.weft.hub.platform.log;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
