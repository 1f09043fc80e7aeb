/** What all modules' web controllers share: problem documents and the reading of bodies. */
@NamedInterface("web")
@NullMarked
package io.weft.hub.platform.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
