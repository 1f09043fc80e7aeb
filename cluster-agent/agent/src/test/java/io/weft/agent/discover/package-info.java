@NullMarked
package io.weft.agent.discover;

import org.jspecify.annotations.NullMarked;
