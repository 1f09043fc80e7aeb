@NullMarked
package io.weft.agent.live;

import org.jspecify.annotations.NullMarked;
