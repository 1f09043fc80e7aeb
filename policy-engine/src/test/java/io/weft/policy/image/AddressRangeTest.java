package io.weft.policy.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.policy.History;
import io.weft.policy.Samples;
import io.weft.policy.image.LogEntry.Allocated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddressRangeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final History history = new History(Samples.TENANT);

    @Test
    void hostsGetTheLowestFreeAddressesInTurn() {
        history.append(new Allocated(Samples.map("a.x", "240.10.0.1", "b.x", "240.10.0.3"), new TreeMap<>()));

        assertThat(AddressRange.DEFAULT.allocate(history.image(), List.of("c.x", "d.x"), Samples.START))
                .isEqualTo(Samples.map("c.x", "240.10.0.2", "d.x", "240.10.0.4"));
    }

    @Test
    void anAddressThatWasTakenBackRestsForAWhile() {
        history.append(new Allocated(Samples.map("a.x", "240.10.0.1"), new TreeMap<>()));
        Instant freed = history.append(new Allocated(new TreeMap<>(), Samples.map("a.x", "240.10.0.1")))
                .time();

        assertThat(allocate(AddressRange.DEFAULT, freed.plus(AddressRange.REST).minus(SECOND)))
                .isEqualTo(Samples.map("c.x", "240.10.0.2"));
        assertThat(allocate(AddressRange.DEFAULT, freed.plus(AddressRange.REST)))
                .isEqualTo(Samples.map("c.x", "240.10.0.1"));
    }

    @Test
    void anAddressThatIsGivenOutAgainRestsNoMore() {
        history.append(new Allocated(Samples.map("a.x", "240.10.0.1"), new TreeMap<>()));
        history.append(new Allocated(new TreeMap<>(), Samples.map("a.x", "240.10.0.1")));
        history.append(new Allocated(Samples.map("c.x", "240.10.0.1"), new TreeMap<>()));

        assertThat(history.image().resting()).isEmpty();
        assertThat(history.image().address("c.x")).contains("240.10.0.1");
        assertThat(history.image().address("a.x")).isEmpty();
    }

    @Test
    void aRangeThatIsUsedUpGivesFewerThanAsked() {
        AddressRange two = new AddressRange(AddressRange.DEFAULT.first(), 2);

        assertThat(two.allocate(history.image(), List.of("a.x", "b.x", "c.x"), Samples.START))
                .isEqualTo(Samples.map("a.x", "240.10.0.1", "b.x", "240.10.0.2"));
    }

    @Test
    void theWholeRangeIsGivenOutWithoutItsEnds() {
        List<String> hosts =
                IntStream.range(0, 70_000).mapToObj(i -> "s%05d.x".formatted(i)).toList();

        SortedMap<String, String> all = AddressRange.DEFAULT.allocate(history.image(), hosts, Samples.START);

        assertThat(all).hasSize(65_534).containsEntry("s65533.x", "240.10.255.254");
        assertThat(all.values()).doesNotHaveDuplicates();
    }

    private SortedMap<String, String> allocate(AddressRange range, Instant now) {
        return range.allocate(history.image(), List.of("c.x"), now);
    }
}
