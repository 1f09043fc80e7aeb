package io.weft.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** One person at one browser, with cookies of their own; further tabs share them. What the pages did wrong is kept. */
public final class Visit implements AutoCloseable {
    private static final double PATIENCE_MILLIS = 20_000;

    private static final String PASTE = """
            (editor, text) => {
              const clipboardData = new DataTransfer();
              clipboardData.setData('text/plain', text);
              editor.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
            }
            """;

    private final ConsoleStack stack;
    private final BrowserContext context;
    private final Behaviour behaviour;
    private final Page page;

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    Visit(Browser browser, ConsoleStack stack, ColorScheme theme) {
        this.stack = stack;
        context = browser.newContext(new NewContextOptions()
                .setBaseURL(stack.address())
                .setViewportSize(1440, 900)
                .setLocale("en-GB")
                .setTimezoneId("UTC")
                .setColorScheme(theme));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.tracing().start(new Tracing.StartOptions().setScreenshots(true).setSnapshots(true));
        behaviour = new Behaviour(context, stack.address());
        page = context.newPage();
    }

    /** A further tab of the same person. */
    public Page newTab() {
        return context.newPage();
    }

    public BrowserContext context() {
        return context;
    }

    public Page page() {
        return page;
    }

    /** @param path from {@code /} */
    public Visit open(String path) {
        try {
            page.navigate(path);
        } catch (PlaywrightException e) {
            if (!String.valueOf(e.getMessage()).contains(Behaviour.NETWORK_CHANGED)) throw e;
            page.navigate(path);
        }
        return this;
    }

    /** Fills the log-in page that is shown, and waits for the page that was asked for. */
    public Visit logIn(String user) {
        logIn(page, user, stack.password());
        page.waitForURL(url -> url.contains("/t/"));
        return this;
    }

    static void logIn(Page page, String user, String password) {
        page.getByLabel("User name").fill(user);
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Log in"))
                .click();
    }

    /** The button of the masthead that says whether the page follows what happens, in this word. */
    public Locator live(String word) {
        return button("Live updates: " + word);
    }

    /** Waits until the page shows its content: no skeleton and nothing that says that it is busy. */
    public Visit settle() {
        PlaywrightAssertions.assertThat(page.locator("h1").first()).isVisible();
        PlaywrightAssertions.assertThat(page.locator("[aria-busy=true], .pf-v6-c-skeleton, .pf-v6-c-spinner"))
                .hasCount(0);
        return this;
    }

    /** The title of the page, by its whole text: a title that only has it in it is that of another page. */
    public Locator title(String name) {
        return page.getByRole(
                AriaRole.HEADING,
                new GetByRoleOptions().setName(name).setExact(true).setLevel(1));
    }

    /** A heading below the title, an alert's too, by a part of its text. */
    public Locator heading(String name) {
        return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(name));
    }

    /** By a part of its name: some say more to those who cannot see the page. */
    public Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name));
    }

    public Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new GetByRoleOptions().setName(name).setExact(true));
    }

    /** A field, by its whole label; one that must be filled has a star behind it. */
    public Locator field(String label) {
        return page.getByLabel(Pattern.compile("^" + label.replaceAll("[^\\w ]", "\\\\$0") + "\\s*\\*?$"));
    }

    /** The open dialog. */
    public Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }

    /** The text of the YAML editor. */
    public Locator editor() {
        return page.locator(".cm-content");
    }

    /** Puts a text in place of all that the editor has, as from the clipboard. */
    public Visit paste(String yaml) {
        editor().click();
        page.keyboard().press("ControlOrMeta+A");
        editor().evaluate(PASTE, yaml);
        return this;
    }

    public Locator tab(String name) {
        return page.getByRole(AriaRole.TAB, new GetByRoleOptions().setName(name).setExact(true));
    }

    /** A row of a table, found by any text in it. */
    public Locator row(String text) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
    }

    /** For a test that breaks something on purpose: the browser's own messages about it are none of the page's faults. */
    public Visit withFaults() {
        behaviour.tolerateFailedRequests();
        return this;
    }

    void assertBehaved() {
        assertThat(behaviour.faults()).as("what the pages did wrong").isEmpty();
    }

    void keep(Path folder, int number) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(number + "-messages.txt"), behaviour.everything());
            Files.writeString(folder.resolve(number + "-page.txt"), page.url() + "\n" + shown());
            page.screenshot(new ScreenshotOptions().setPath(folder.resolve(number + ".png")));
            context.tracing().stop(new Tracing.StopOptions().setPath(folder.resolve(number + "-trace.zip")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (PlaywrightException e) {
            System.err.println("no evidence of visit " + number + ": " + e.getMessage());
        }
    }

    private String shown() {
        return String.valueOf(page.evaluate("document.body.innerText"));
    }

    @Override
    public void close() {
        context.close();
    }
}
