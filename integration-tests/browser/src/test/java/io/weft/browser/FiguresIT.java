package io.weft.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** The figures of docs/benchmarks.md that only a browser has, printed; a machine's timings are not judged here. */
@InBrowser
class FiguresIT {
    private static final String OF_THE_PAGE = """
            async () => {
              const paint = name => performance.getEntriesByName(name)[0]?.startTime ?? -1;
              const largest = await new Promise(done => {
                new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
                  .observe({type: 'largest-contentful-paint', buffered: true});
              });
              const [page] = performance.getEntriesByType('navigation');
              const files = performance.getEntriesByType('resource').filter(file => !file.name.includes('/api/'));
              const size = end => files.filter(file => new URL(file.name).pathname.endsWith(end))
                .reduce((sum, file) => sum + file.encodedBodySize, 0);
              return JSON.stringify({
                firstContent: paint('first-contentful-paint'), largestContent: largest,
                answered: page.responseStart, loaded: page.loadEventEnd, files: files.length,
                scripts: size('.js'), styles: size('.css'), fonts: size('.woff2'),
                fromCache: files.filter(file => file.transferSize === 0).length,
              });
            }
            """;

    @Test
    void firstContentAndSizes(Visits visits) {
        Visit visit = visits.stranger();
        long begun = System.nanoTime();
        visit.open("/").logIn("ada").settle();
        System.out.printf(
                "figure: from the address to the overview, logged in: %.1f s%n", (System.nanoTime() - begun) / 1e9);
        for (String path : new String[] {"overview", "clusters", "services", "routes/create"}) {
            try (Page empty = visit.newTab()) {
                empty.navigate("/t/demo/" + path);
                empty.locator("h1").first().waitFor();
                JsonObject figures = JsonParser.parseString((String) empty.evaluate(OF_THE_PAGE))
                        .getAsJsonObject();
                System.out.println("figure: /" + path + " " + figures);
                assertThat(figures.get("firstContent").getAsDouble()).isPositive();
                assertThat(figures.get("scripts").getAsInt()).isPositive();
            }
        }
    }
}
