package io.weft.policy.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.policy.Dice;
import io.weft.policy.image.Hash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BundleTest {
    private static BundleObject object(int number, String content) {
        ObjectKey key = new ObjectKey(
                "networking.istio.io/v1",
                number % 2 == 0 ? "VirtualService" : "ServiceEntry",
                "shop",
                "weft-" + number);
        return BundleObject.of(key, Layer.SEND, ObjectRank.of(key), content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void versionDependsOnTheSetAloneNotOnHowItCameAbout() {
        for (long seed = 0; seed < 200; seed++) {
            Dice dice = new Dice(seed);
            Map<Integer, BundleObject> model = new TreeMap<>();
            Bundle bundle = Bundle.EMPTY;
            for (int step = 0; step < 150; step++) {
                int number = dice.below(60);
                if (dice.chance(60)) {
                    BundleObject object = object(number, "{" + dice.below(3) + "}");
                    model.put(number, object);
                    bundle = bundle.plus(object);
                } else {
                    model.remove(number);
                    bundle = bundle.minus(object(number, "").key());
                }
            }
            List<BundleObject> shuffled = new ArrayList<>(model.values());
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(bundle.version())
                    .as("seed %d", seed)
                    .isEqualTo(Bundle.of(shuffled).version());
            assertThat(bundle.size()).as("seed %d", seed).isEqualTo(model.size());
            assertThat(bundle.objects()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(model.values());
        }
    }

    @Test
    void versionOfNothingIsPinned() {
        assertThat(Bundle.EMPTY.version().hex())
                .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    }

    @Test
    void differencesLeadFromAnyBundleToAnyOther() {
        for (long seed = 0; seed < 200; seed++) {
            Dice dice = new Dice(seed);
            Bundle from = random(dice);
            Bundle to = dice.chance(50) ? random(dice) : changed(from, dice);

            Map<ObjectKey, Hash> have = new TreeMap<>();
            from.objects().forEach(object -> have.put(object.key(), object.hash()));
            BundleDelta delta = BundleDelta.between(from, to);

            assertThat(apply(from, delta).version()).as("seed %d", seed).isEqualTo(to.version());
            assertThat(BundleDelta.between(have, to)).as("seed %d", seed).isEqualTo(delta);
            assertThat(delta.puts()).isSortedAccordingTo(Bundle.APPLICATION);
            assertThat(delta.isEmpty()).isEqualTo(from.equals(to));
        }
    }

    @Test
    void removalsGoInReverseOrder() {
        Bundle bundle = Bundle.of(List.of(object(1, "{}"), object(2, "{}"), object(3, "{}")));

        BundleDelta delta = BundleDelta.between(bundle, Bundle.EMPTY);

        assertThat(delta.removals()).extracting(BundleDelta.Removal::rank).containsExactly(70, 70, 60);
    }

    private static Bundle random(Dice dice) {
        return changed(Bundle.EMPTY, dice);
    }

    private static Bundle changed(Bundle bundle, Dice dice) {
        Bundle changed = bundle;
        for (int i = dice.below(80); i > 0; i--) {
            BundleObject object = object(dice.below(100), "{" + dice.below(3) + "}");
            changed = dice.chance(70) ? changed.plus(object) : changed.minus(object.key());
        }
        return changed;
    }

    private static Bundle apply(Bundle from, BundleDelta delta) {
        Bundle bundle = from;
        for (BundleObject put : delta.puts()) bundle = bundle.plus(put);
        for (BundleDelta.Removal removal : delta.removals()) bundle = bundle.minus(removal.key());
        return bundle;
    }
}
