/** PostgreSQL as a child process: unpacked from its artefact, durable, reached by password over loopback only. */
@NullMarked
package io.weft.launcher.postgres;

import org.jspecify.annotations.NullMarked;
