package io.weft.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** A session ends while somebody types. */
@InBrowser
class SessionIT {
    private static final String ENDED = "Your session has ended";

    @Test
    void aSessionThatEndedTakesNoDraftAway(ConsoleStack stack, Visits visits) {
        Visit visit = visits.as("ada").withFaults();
        visit.open("/t/demo/global-namespaces/create").settle();
        visit.field("Domain").fill("half.example");
        visit.context().clearCookies();
        visit.field("Domain").fill("half-typed.example");
        assertThat(visit.heading(ENDED)).isVisible();
        Page window = visit.context()
                .waitForPage(() -> visit.button("Log in in a new window").click());
        Visit.logIn(window, "ada", stack.password());
        assertThat(visit.heading(ENDED)).not().isVisible();
        assertThat(visit.field("Domain")).hasValue("half-typed.example");
    }
}
