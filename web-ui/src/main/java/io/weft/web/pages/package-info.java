/** The console's files: what is cached for how long, and which address is a page of the console. */
@NullMarked
package io.weft.web.pages;

import org.jspecify.annotations.NullMarked;
