package io.weft.hub.resources.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.policy.History;
import io.weft.policy.Samples;
import io.weft.policy.compile.ScratchCompiler;
import io.weft.policy.image.LogEntry;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ResourceKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DeciderTest {
    private static final String OF_SHOP = """
            {"spec": {"domain": "%s", "members": [{"namespaceSelector": [
              {"field": "name", "op": "Exact", "value": "shop"}]}]}}""";

    private final History history = History.shop(Samples.TENANT);

    /** Or a cluster that has applied the change would have nothing of it. */
    @Test
    void whatAGlobalNamespaceBringsIsInTheBundlesOfItsOwnRevision() {
        Decision decision = decide(put("new", "new.example"));

        assertThat(decision.after().address("cart.new.example")).isPresent();
        assertThat(objects(decision.after())).anyMatch(key -> key.contains("cart.new.example"));
    }

    @Test
    void anAddressThatRestsIsNotGivenInAChange() {
        String address = history.image().address(Samples.CART_HOST).orElseThrow();
        history.append(new LogEntry.Allocated(Samples.map(), Samples.map(Samples.CART_HOST, address)));

        assertThat(decide(put("new", "new.example")).after().address("cart.new.example"))
                .isPresent()
                .isNotEqualTo(Optional.of(address));
    }

    @Test
    void aRouteGivesNoAddresses() {
        String route = """
                {"spec": {"target": "cart", "rules": [{"split": [{"weight": 100}]}]}}""";
        Mutation put = mutation(ResourceKey.trafficRoute(Samples.SHOP, "cart"), route);

        assertThat(decide(put).entries()).noneMatch(LogEntry.Allocated.class::isInstance);
    }

    private Decision decide(Mutation wish) {
        return Decider.decide(history.image(), List.of(wish), "ada", Samples.START);
    }

    private static Mutation put(String name, String domain) {
        return mutation(ResourceKey.globalNamespace(name), OF_SHOP.formatted(domain));
    }

    private static Mutation mutation(ResourceKey key, String document) {
        return new Mutation.Put(DocumentReader.at(key, JsonMapper.shared().readTree(document)), Precondition.NONE, "");
    }

    private static List<String> objects(TenantImage image) {
        return ScratchCompiler.compile(image, Samples.EAST).bundle().objects().stream()
                .map(object -> object.key().toString())
                .toList();
    }
}
