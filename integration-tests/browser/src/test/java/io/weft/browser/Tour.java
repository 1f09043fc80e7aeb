package io.weft.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import com.microsoft.playwright.options.ScreenshotCaret;
import io.weft.it.real.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The walk of docs/tour.md. What it sets in bold below a picture must be on that page; {@code -Dtour.write=true} takes the
 * pictures anew.
 */
final class Tour {
    private static final Path DOCS = Project.file("docs");
    private static final Pattern SECTION =
            Pattern.compile("tour/([a-z-]+)-light\\.png(.*?)(?=\\n## |\\z)", Pattern.DOTALL);
    private static final Pattern BOLD = Pattern.compile("\\*\\*(.+?)\\*\\*", Pattern.DOTALL);
    private static final boolean WRITES = Boolean.getBoolean("tour.write");

    private final Map<String, List<String>> shown = new LinkedHashMap<>();
    private final Set<String> left;

    private Tour(String text) {
        SECTION.matcher(text)
                .results()
                .forEach(section -> shown.put(
                        section.group(1),
                        BOLD.matcher(section.group(2))
                                .results()
                                .map(bold -> bold.group(1).replaceAll("\\s+", " "))
                                .toList()));
        left = new TreeSet<>(shown.keySet());
    }

    static Tour read() {
        try {
            return new Tour(Files.readString(DOCS.resolve("tour.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops at a page that the visit shows. */
    void stop(Visit visit, String name) {
        List<String> words = shown.get(name);
        if (words == null) throw new AssertionError("docs/tour.md has no picture " + name);
        visit.settle();
        for (String each : words) assertThat(visit.page().locator("body")).containsText(each);
        left.remove(name);
        if (!WRITES) return;
        for (ColorScheme theme : new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT})
            take(visit.page(), name, theme);
    }

    private static void take(Page page, String name, ColorScheme theme) {
        page.emulateMedia(new EmulateMediaOptions().setColorScheme(theme));
        page.screenshot(new ScreenshotOptions()
                .setAnimations(ScreenshotAnimations.DISABLED)
                .setCaret(ScreenshotCaret.HIDE)
                .setPath(DOCS.resolve(
                        "tour/%s-%s.png".formatted(name, theme.name().toLowerCase(Locale.ROOT)))));
    }

    /** Pictures of tour.md that the walk did not come to. */
    Set<String> left() {
        return left;
    }
}
