/** The launcher as a person uses it. */
package io.weft.launcher;
