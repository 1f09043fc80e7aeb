package io.weft.policy.image;

import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.LogEntry.Liveness;

/** What was judged last about one cluster. */
public record Judgement(Liveness liveness, String livenessReason, boolean braked, String brakeReason) {
    public static final Judgement NONE = new Judgement(Liveness.CONNECTED, "", false, "");

    Judgement apply(Judged entry) {
        Judgement judged = this;
        if (entry.liveness() != null) {
            judged = new Judgement(entry.liveness(), entry.reason(), judged.braked, judged.brakeReason);
        }
        if (entry.braked() != null) {
            judged = new Judgement(judged.liveness, judged.livenessReason, entry.braked(), entry.reason());
        }
        return judged;
    }
}
