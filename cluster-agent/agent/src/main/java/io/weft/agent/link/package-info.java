/** The link to the hub: enrolment, certificates, the stream, and which replica of the agent holds it. */
@NullMarked
package io.weft.agent.link;

import org.jspecify.annotations.NullMarked;
