package io.weft.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import io.weft.it.real.ControlPlane;
import io.weft.it.real.KubeletStandIn;
import io.weft.it.real.PodNetwork;
import io.weft.it.real.RealCluster;
import io.weft.it.real.ShopObjects;
import io.weft.it.whole.DeployedAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A cluster with a real API server joins by the manifest of the page, which says by itself how far it is and what hinders it. */
@RealCluster
@InBrowser
class RealClusterIT {
    /** A pod is made, and a Java program starts in it. */
    private static final IsVisibleOptions ONCE_DIALLED = new IsVisibleOptions().setTimeout(90_000);

    /** Each step that was the current one, in this order, since now. */
    private static final String NOTE_STEPS = """
            () => {
              const note = () => {
                const current = document.querySelector('[aria-current=step] strong')?.firstChild?.textContent?.trim();
                if (current !== undefined && current !== window.noted.at(-1)) window.noted.push(current);
              };
              window.noted = [];
              note();
              new MutationObserver(note).observe(document.body, {subtree: true, childList: true, attributes: true});
            }
            """;

    @Test
    void aClusterJoinsAndWhatStandsInItsWayIsSaidOnThePage(Visits visits) throws IOException {
        try (PodNetwork network = PodNetwork.create();
                ControlPlane plane = network.startControlPlane();
                ConsoleStack stack = ConsoleStack.withoutFleet(network.hostAddress());
                KubeletStandIn kubelet = DeployedAgent.kubelet(plane, network)) {
            ShopObjects.apply(plane);
            Visit visit = visits.at(stack, "ada");
            visit.open("/t/demo/clusters/onboard").settle();
            visit.field("Name").fill("east");
            visit.button("Add it and make a token").click();
            String manifest = Files.readString(visit.page()
                    .waitForDownload(() -> visit.button("Download the manifest").click())
                    .path());
            visit.page().evaluate(NOTE_STEPS);

            plane.apply(withWrongToken(manifest));
            assertThat(visit.page().getByText("The join token is not valid").first())
                    .isVisible(ONCE_DIALLED);

            plane.apply(withoutTheRightToList(manifest));
            restart(plane, kubelet);
            String title = "The agent cannot read gateways, services, versions";
            assertThat(visit.heading(title)).isVisible(ONCE_DIALLED);
            assertThat(visit.page().getByLabel("Command for: " + title))
                    .hasValue(Pattern.compile("^kubectl auth can-i"));

            plane.apply(manifest);
            assertThat(visit.page().getByText("east is ready.")).isVisible(ONCE_DIALLED);
            assertThat(visit.page().getByText("The agent cannot read")).hasCount(0);
            assertThat(noted(visit)).containsSubsequence("Agent dialled", "Inventory");
        }
    }

    private static List<String> noted(Visit visit) {
        List<?> noted = (List<?>) visit.page().evaluate("window.noted");
        return new ArrayList<>(
                new LinkedHashSet<>(noted.stream().map(String::valueOf).toList()));
    }

    /** One that the hub made, but for what is secret in it. */
    private static String withWrongToken(String manifest) {
        var token = Pattern.compile("(?m)^(\\s+token: \"[^\"]+)([^\"])\"").matcher(manifest);
        assertThat(token.find()).as(manifest).isTrue();
        String other = token.group(2).equals("a") ? "b" : "a";
        return manifest.substring(0, token.start(2)) + other + manifest.substring(token.end(2));
    }

    private static String withoutTheRightToList(String manifest) {
        String blind = manifest.replace("resources: [services, pods, nodes]", "resources: [nodes]");
        assertThat(blind).isNotEqualTo(manifest);
        return blind;
    }

    /** Pods have the join token of the time they were made. */
    private static void restart(ControlPlane plane, KubeletStandIn kubelet) {
        for (String pod : kubelet.pods()) {
            plane.client()
                    .pods()
                    .inNamespace(DeployedAgent.NAMESPACE)
                    .withName(pod)
                    .delete();
        }
    }
}
