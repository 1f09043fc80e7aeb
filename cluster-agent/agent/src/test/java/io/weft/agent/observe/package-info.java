@NullMarked
package io.weft.agent.observe;

import org.jspecify.annotations.NullMarked;
