/** What the edge is told by its environment. */
@NullMarked
package io.weft.web.settings;

import org.jspecify.annotations.NullMarked;
