/** Authorities, certificates and enrolment over PostgreSQL. */
@NullMarked
package io.weft.hub.clusters.internal;

import org.jspecify.annotations.NullMarked;
