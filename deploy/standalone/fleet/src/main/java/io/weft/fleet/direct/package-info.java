/**
 * The agent's client of a simulated API server in the same process: calls instead of connections. An agent watches some
 * fifteen kinds, each by a connection of its own with both ends here; a thousand agents would need more open files than a
 * process has.
 */
@NullMarked
package io.weft.fleet.direct;

import org.jspecify.annotations.NullMarked;
