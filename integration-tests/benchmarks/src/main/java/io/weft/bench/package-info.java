/**
 * The figures of {@code docs/benchmarks.md}: whole-system measurements as plain programs, the compiler with JMH. Measures
 * from outside what is shipped; nothing here is a test, and a figure that misses its target is printed like any other.
 */
@NullMarked
package io.weft.bench;

import org.jspecify.annotations.NullMarked;
