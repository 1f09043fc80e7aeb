/** Log-in and log-out of people, their session, and what guards a request that comes with one. */
@NullMarked
package io.weft.web.login;

import org.jspecify.annotations.NullMarked;
