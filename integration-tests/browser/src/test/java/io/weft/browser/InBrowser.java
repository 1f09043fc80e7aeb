package io.weft.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests at the console: they take a {@link ConsoleStack} and {@link Visits} as parameters. Without a Chromium skipped with
 * one line, an error when {@code CI=true}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("browser")
@ExtendWith({ChromiumCondition.class, BrowserExtension.class})
public @interface InBrowser {}
