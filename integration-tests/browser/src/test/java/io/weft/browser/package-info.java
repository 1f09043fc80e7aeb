/**
 * What a person does at the console, tested in a real Chromium on the whole product as {@code ./weft up} starts it, with
 * its simulated fleet. One such product and one browser serve all tests of a run.
 */
@NullMarked
package io.weft.browser;

import org.jspecify.annotations.NullMarked;
