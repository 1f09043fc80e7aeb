package io.weft.policy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weft.policy.History;
import io.weft.policy.Samples;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.LogEntry.Liveness;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogCodecTest {
    private static final LogEntry ENTRY = new Judged(Samples.EAST, Liveness.LOST, null, "silent");

    @Test
    void anEntryIsCanonicalText() {
        assertThat(new String(LogCodec.encode(ENTRY), StandardCharsets.UTF_8))
                .isEqualTo("{\"cluster\":\"east\",\"liveness\":\"LOST\",\"reason\":\"silent\",\"type\":\"Judged\"}");
    }

    /** Pinned: a hash that moves makes every stored log unreadable. */
    @Test
    void theHashOfARecordStaysWhatItWas() {
        assertThat(LogCodec.seal(1, Hash.ZERO, Samples.START, ENTRY).hash().hex())
                .isEqualTo("2b0685c349980c8bd3c9437edea55d71107971b13a7fc097dc652cd338b8f6af");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"Forecast\",\"cluster\":\"east\"}",
                "{\"type\":\"Judged\",\"cluster\":\"east\",\"liveness\":\"LOST\",\"reason\":\"\",\"weight\":1}",
                "{\"type\":\"Judged\",\"cluster\":\"east\",\"liveness\":\"BORED\",\"reason\":\"\"}",
                "{\"type\":\"Judged\",\"cluster\":\"east\",\"reason\":\"\"}",
                "{\"type\":\"Judged\",\"cluster\":\"East\",\"liveness\":\"LOST\",\"reason\":\"\"}",
                "{\"cluster\":\"east\"}",
                "{\"type\":\"Jud",
                ""
            })
    void anEntryThatThisVersionDoesNotKnowIsNotSkipped(String entry) {
        assertThatThrownBy(() -> LogCodec.decode(entry.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnknownEntryException.class);
    }

    @Test
    void aResourceOfAnUnknownKindIsNotSkipped() {
        LogRecord record = History.shop(Samples.TENANT).records().getFirst();
        String changed = new String(LogCodec.encode(record.entry()), StandardCharsets.UTF_8)
                .replace("\"kind\":\"Cluster\"", "\"kind\":\"Galaxy\"");

        assertThatThrownBy(() -> LogCodec.decode(changed.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnknownEntryException.class);
    }

    @Test
    void whateverIsChangedAfterSealingIsFound() {
        LogRecord sealed = LogCodec.seal(7, Hash.ZERO, Samples.START, ENTRY);
        byte[] bytes = LogCodec.encode(ENTRY);
        Hash other = new Hash("1".repeat(64));

        assertThat(LogCodec.open(7, Hash.ZERO, sealed.hash(), sealed.time(), bytes))
                .isEqualTo(sealed);
        assertBroken(8, Hash.ZERO, sealed.hash(), sealed.time(), bytes);
        assertBroken(7, other, sealed.hash(), sealed.time(), bytes);
        assertBroken(7, Hash.ZERO, other, sealed.time(), bytes);
        assertBroken(7, Hash.ZERO, sealed.hash(), sealed.time().plusNanos(1_000), bytes);
        assertBroken(
                7,
                Hash.ZERO,
                sealed.hash(),
                sealed.time(),
                LogCodec.encode(new Judged(Samples.WEST, Liveness.LOST, null, "silent")));
    }

    private static void assertBroken(long position, Hash parent, Hash hash, Instant time, byte[] bytes) {
        assertThatThrownBy(() -> LogCodec.open(position, parent, hash, time, bytes))
                .isInstanceOf(BrokenHistoryException.class);
    }

    @Test
    void aTimeIsKeptToTheMicrosecondAsTheDatabaseKeepsIt() {
        Instant fine = Samples.START.plusNanos(999);

        assertThat(LogCodec.seal(1, Hash.ZERO, fine, ENTRY))
                .isEqualTo(LogCodec.seal(1, Hash.ZERO, Samples.START, ENTRY));
    }
}
