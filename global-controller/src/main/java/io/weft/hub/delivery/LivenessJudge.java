package io.weft.hub.delivery;

import io.weft.policy.image.LogEntry.Liveness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From how long each cluster has been silent to what it is called. When more fall silent together than stay, the hub
 * doubts itself and calls nobody worse than before: its own network is the likelier cause.
 *
 * @param suspect silence after which a cluster is suspect; longer than its agent needs to find another replica
 * @param lost silence after which it is lost
 * @param many so many that are newly silent at least give reason to doubt
 */
public record LivenessJudge(Duration suspect, Duration lost, int many) {
    public static final LivenessJudge DEFAULT = new LivenessJudge(Duration.ofSeconds(30), Duration.ofMinutes(5), 3);

    /**
     * One cluster.
     *
     * @param subject whatever tells it from others
     * @param called what it was judged last
     * @param silentSince empty while its session is open
     */
    record Seen<S>(S subject, Liveness called, Optional<Instant> silentSince) {}

    record Verdict<S>(S subject, Liveness from, Liveness to, String reason) {}

    record Judgement<S>(List<Verdict<S>> verdicts, boolean doubts) {}

    /** @param watching since when silence can be told from not having looked; silence counts from then on */
    <S> Judgement<S> judge(List<Seen<S>> all, Instant watching, Instant now) {
        boolean doubts = doubts(all);
        List<Verdict<S>> verdicts = new ArrayList<>();
        for (Seen<S> each : all) {
            Liveness to = each.silentSince()
                    .map(since -> silent(since.isAfter(watching) ? since : watching, now, each.called()))
                    .orElse(Liveness.CONNECTED);
            if (to == each.called() || doubts && to != Liveness.CONNECTED) continue;
            String reason = each.silentSince()
                    .map(since -> "the agent is silent since " + since)
                    .orElse("the agent is connected");
            verdicts.add(new Verdict<>(each.subject(), each.called(), to, reason));
        }
        return new Judgement<>(verdicts, doubts);
    }

    /** Never better for a silence that seems shorter: only a session shows that a cluster is back. */
    private Liveness silent(Instant since, Instant now, Liveness called) {
        Duration silence = Duration.between(since, now);
        if (called == Liveness.LOST || silence.compareTo(lost) >= 0) return Liveness.LOST;
        return called == Liveness.SUSPECT || silence.compareTo(suspect) >= 0 ? Liveness.SUSPECT : called;
    }

    private <S> boolean doubts(List<Seen<S>> all) {
        long newly = all.stream()
                .filter(each -> each.silentSince().isPresent() && each.called() == Liveness.CONNECTED)
                .count();
        long there = all.stream().filter(each -> each.silentSince().isEmpty()).count();
        return newly >= many && newly > there;
    }
}
