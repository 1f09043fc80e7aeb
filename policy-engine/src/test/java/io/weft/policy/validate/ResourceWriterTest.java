package io.weft.policy.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.policy.RandomHistory;
import io.weft.policy.model.Resource;
import org.junit.jupiter.api.Test;

class ResourceWriterTest {
    @Test
    void whatIsWrittenIsReadAsTheSame() {
        for (String document : Documents.ALL) {
            Resource resource = Documents.resource(read(document));

            assertRoundTrip(resource);
        }
    }

    @Test
    void whateverHistoriesHoldIsReadAsTheSame() {
        for (long seed = 0; seed < 50; seed++) {
            RandomHistory.of(seed, 40).image().resources().values().forEach(ResourceWriterTest::assertRoundTrip);
        }
    }

    @Test
    void theDocumentSaysWhatTheServerDecided() {
        var metadata = ResourceWriter.write(Documents.resource(read(Documents.TRAFFIC_ROUTE)))
                .get("metadata");

        assertThat(metadata.get("name").stringValue()).isEqualTo("cart");
        assertThat(metadata.get("globalNamespace").stringValue()).isEqualTo("shop");
        assertThat(metadata.get("generation").longValue()).isEqualTo(3);
        assertThat(metadata.get("revision").longValue()).isEqualTo(7);
        assertThat(metadata.get("createdAt").stringValue()).isEqualTo("2026-01-02T03:04:05.678901Z");
        assertThat(metadata.get("createdBy").stringValue()).isEqualTo("ada");
    }

    @Test
    void durationsAreWrittenInTheLargestWholeUnit() {
        var rules = ResourceWriter.write(Documents.resource(read(Documents.TRAFFIC_ROUTE)))
                .at("/spec/rules");

        assertThat(rules.at("/0/timeout").stringValue()).isEqualTo("10s");
        assertThat(rules.at("/0/retries/perTryTimeout").stringValue()).isEqualTo("1500ms");
        assertThat(rules.at("/1/timeout").stringValue()).isEqualTo("PT0.0015S");
    }

    private static Document.Read read(String document) {
        return (Document.Read) ResourceReader.read(Documents.json(document));
    }

    private static void assertRoundTrip(Resource resource) {
        assertThat(ResourceReader.read(ResourceWriter.write(resource)))
                .isInstanceOfSatisfying(Document.Read.class, again -> {
                    assertThat(again.key()).isEqualTo(resource.key());
                    assertThat(again.spec()).isEqualTo(resource.spec());
                    assertThat(again.labels()).isEqualTo(resource.metadata().labels());
                    assertThat(again.annotations())
                            .isEqualTo(resource.metadata().annotations());
                });
    }
}
