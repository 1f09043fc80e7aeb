package io.weft.hub.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.hub.RunningHub;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class RevisionViewsTest {
    private final TenantApi api = new TenantApi("history");

    private long put(String cluster, String region) {
        return api.put("/clusters/" + cluster, "{\"spec\":{\"region\":\"" + region + "\"}}")
                .at("/metadata/revision")
                .asLong();
    }

    private String region(String cluster) {
        return api.get("/clusters/" + cluster).at("/spec/region").asString();
    }

    @Test
    void revisionSaysWhatItChangedAndHowItWasBefore() {
        put("told", "a");
        long updated = put("told", "b");
        long deleted = api.delete("/clusters/told").get("revision").asLong();

        JsonNode change = api.get("/revisions/" + updated).at("/changes/0");
        assertThat(change.get("key").stringValue()).isEqualTo("Cluster//told");
        assertThat(change.get("effect").stringValue()).isEqualTo("updated");
        assertThat(change.at("/before/spec/region").stringValue()).isEqualTo("a");
        assertThat(change.at("/after/spec/region").stringValue()).isEqualTo("b");
        JsonNode gone = api.get("/revisions/" + deleted).at("/changes/0");
        assertThat(gone.get("effect").stringValue()).isEqualTo("deleted");
        assertThat(gone.has("after")).isFalse();
    }

    @Test
    void revisionsAreFoundByResourceAndText() {
        put("found", "a");
        put("found", "b");
        put("found-too", "a");

        JsonNode ofOne = api.get("/revisions?resource=Cluster//found&limit=1");
        assertThat(ofOne.get("total").intValue()).isEqualTo(2);
        assertThat(ofOne.at("/items/0/changes/0/effect").stringValue()).isEqualTo("updated");
        assertThat(ofOne.at("/items/0/changes/0").has("after")).isFalse();
        assertThat(ofOne.at("/items/0/state").stringValue()).isEqualTo("released");
        assertThat(ofOne.at("/items/0/clusterCounts/live").intValue()).isZero();
        assertThat(api.walk("/revisions?resource=Cluster//found", "/changes/0/effect", 1))
                .containsExactly("updated", "created");
        assertThat(api.get("/revisions?q=FOUND").get("total").intValue()).isEqualTo(3);
        assertThat(new TenantApi("history-other")
                        .get("/revisions?q=found")
                        .get("total")
                        .intValue())
                .isZero();
    }

    @Test
    void revertPutsBackInOneNewRevision() {
        put("back", "a");
        long updated = put("back", "b");

        JsonNode dry = api.post("/revisions/" + updated + "/revert?dryRun=true", null);
        assertThat(dry.get("dryRun").booleanValue()).isTrue();
        assertThat(region("back")).isEqualTo("b");

        JsonNode reverted = api.post("/revisions/" + updated + "/revert", null);
        assertThat(region("back")).isEqualTo("a");
        assertThat(reverted.get("revision").asLong()).isGreaterThan(updated);
        assertThat(reverted.at("/resources/0/effect").stringValue()).isEqualTo("configured");
        assertThat(api.get("/audit?limit=1").at("/items/0/action").stringValue())
                .isEqualTo("revert");
    }

    @Test
    void revertOfAMakingDeletesAndOfADeletionMakesAgain() {
        long made = put("again", "a");
        api.post("/revisions/" + made + "/revert", null);
        assertThat(api.tryGet("/clusters/again").statusCode()).isEqualTo(404);

        put("again", "c");
        long deleted = api.delete("/clusters/again").get("revision").asLong();
        api.post("/revisions/" + deleted + "/revert", null);
        assertThat(region("again")).isEqualTo("c");
    }

    @Test
    void whatWasChangedSinceIsNotTakenBackUnlessForced() {
        put("moved", "a");
        long updated = put("moved", "b");
        long later = put("moved", "c");

        HttpResponse<String> refused = api.tryPost("/revisions/" + updated + "/revert", null);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(RunningHub.json(refused).at("/violations/0/value").stringValue())
                .isEqualTo("\"Cluster//moved\"");
        assertThat(refused.body()).contains("was changed by revision " + later);
        assertThat(region("moved")).isEqualTo("c");

        api.post("/revisions/" + updated + "/revert?force=true", null);
        assertThat(region("moved")).isEqualTo("a");
    }

    @Test
    void revisionOfAnotherTenantIsNotReverted() {
        long made = put("mine", "a");

        assertThat(new TenantApi("history-other")
                        .tryPost("/revisions/" + made + "/revert", null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(api.tryPost("/revisions/" + made + "/revert?force=perhaps", null)
                        .statusCode())
                .isEqualTo(400);
        assertThat(api.tryPost("/revisions/999999/revert", null).statusCode()).isEqualTo(404);
    }
}
