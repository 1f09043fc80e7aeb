/** What the edge itself answers when it does not relay: problem documents. */
@NullMarked
package io.weft.web.answer;

import org.jspecify.annotations.NullMarked;
