@NullMarked
package io.weft.agent.apply;

import org.jspecify.annotations.NullMarked;
