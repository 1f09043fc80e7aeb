@NullMarked
package io.weft.agent.platform;

import org.jspecify.annotations.NullMarked;
