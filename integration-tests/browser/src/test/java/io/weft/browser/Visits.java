package io.weft.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The visits of one test. */
public final class Visits implements AutoCloseable {
    private final Browser browser;
    private final ConsoleStack stack;
    private final List<Visit> open = new ArrayList<>();

    Visits(Browser browser, ConsoleStack stack) {
        this.browser = browser;
        this.stack = stack;
    }

    /** Somebody who has not logged in. */
    public Visit stranger() {
        return stranger(ColorScheme.LIGHT);
    }

    public Visit stranger(ColorScheme theme) {
        return strangerAt(stack, theme);
    }

    private Visit strangerAt(ConsoleStack where, ColorScheme theme) {
        Visit visit = new Visit(browser, where, theme);
        open.add(visit);
        return visit;
    }

    /** A demonstration user of another installation than that of the run. */
    public Visit at(ConsoleStack other, String user) {
        return strangerAt(other, ColorScheme.LIGHT).open("/").logIn(user);
    }

    /** A demonstration user, logged in, at the overview. */
    public Visit as(String user) {
        return as(user, ColorScheme.LIGHT);
    }

    public Visit as(String user, ColorScheme theme) {
        Visit visit = stranger(theme);
        visit.open("/");
        visit.logIn(user);
        return visit;
    }

    void assertBehaved() {
        open.forEach(Visit::assertBehaved);
    }

    /** Writes what each page shows and did into a folder. */
    void keep(Path folder) {
        for (int i = 0; i < open.size(); i++) open.get(i).keep(folder, i + 1);
    }

    @Override
    public void close() {
        open.forEach(Visit::close);
    }
}
