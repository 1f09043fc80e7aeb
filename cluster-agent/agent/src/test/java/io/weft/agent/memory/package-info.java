@NullMarked
package io.weft.agent.memory;

import org.jspecify.annotations.NullMarked;
