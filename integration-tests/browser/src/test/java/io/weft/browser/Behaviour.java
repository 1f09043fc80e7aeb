package io.weft.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * What the pages of a browser context did beside what they show: foreign requests, violations of the content security
 * policy, dialogs, uncaught errors, and messages in the console.
 */
final class Behaviour {
    /** The page tells of each violation by a message that cannot be mistaken for another one. */
    private static final String TELL_VIOLATIONS = """
            addEventListener('securitypolicyviolation', event => console.error(
              'violation of ' + event.effectiveDirective + ': ' + event.blockedURI + ' ' + event.sourceFile + ':' + event.lineNumber))
            """;

    /** Another program of the machine made or took away a network interface: Chromium then ends every request. */
    static final String NETWORK_CHANGED = "net::ERR_NETWORK_CHANGED";

    private final List<String> everything = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final String origin;
    private boolean failedRequestsTolerated;

    Behaviour(BrowserContext context, String origin) {
        this.origin = origin;
        context.addInitScript(TELL_VIOLATIONS);
        context.onRequest(this::requested);
        context.onConsoleMessage(this::said);
        context.onWebError(error -> fault("uncaught: " + error.error()));
        context.onDialog(this::asked);
    }

    private void requested(Request request) {
        String url = request.url();
        boolean own = url.startsWith(origin + "/") || url.startsWith("data:") || url.startsWith("blob:");
        if (!own) fault("request to " + url);
    }

    private void said(ConsoleMessage message) {
        everything.add(message.type() + ": " + message.text() + " (" + message.location() + ")");
        boolean bad = message.type().equals("error") || message.type().equals("warning");
        boolean ofRequest = message.text().startsWith("Failed to load resource");
        boolean ofMachine = message.text().contains(NETWORK_CHANGED);
        if (bad && !ofMachine && !(ofRequest && failedRequestsTolerated)) {
            faults.add(message.type() + ": " + message.text() + " (" + message.location() + ")");
        }
    }

    /** That a page with a draft asks before it is left is as it should be; no page opens any other dialog. */
    private void asked(Dialog dialog) {
        if (dialog.type().equals("beforeunload")) {
            dialog.accept();
            return;
        }
        fault("dialog: " + dialog.message());
        dialog.dismiss();
    }

    private void fault(String what) {
        everything.add(what);
        faults.add(what);
    }

    void tolerateFailedRequests() {
        failedRequestsTolerated = true;
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    String everything() {
        return String.join("\n", everything) + "\n";
    }
}
