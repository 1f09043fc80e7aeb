package io.weft.hub.query.internal;

import io.weft.hub.clusters.ClusterJoining.Joining;
import io.weft.hub.clusters.ClusterJoining.TurnedAway;
import io.weft.hub.delivery.AgentSessions.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in the way of a cluster, and what a person can do about it. */
final class Diagnoses {
    private static final String LOOK = "kubectl -n weft-system get pods,events";
    private static final String LOG = "kubectl -n weft-system logs deployment/weft-agent --tail=50";
    private static final String RIGHTS = "kubectl auth can-i --list --as=system:serviceaccount:weft-system:weft-agent";

    /**
     * @param command empty: there is none
     * @param at when it was seen last; null: it holds now
     * @param times how often; 0: it is no matter of times
     */
    record Diagnosis(
            String code,
            String title,
            String detail,
            String command,
            @Nullable Instant at,
            long times) {
        static Diagnosis now(String code, String title, String detail, String command) {
            return new Diagnosis(code, title, detail, command, null, 0);
        }
    }

    private final ClusterView view;
    private final Joining joining;
    private final Instant now;

    Diagnoses(ClusterView view, Instant now) {
        this.view = view;
        this.joining = view.joining();
        this.now = now;
    }

    /** Whoever was turned away since it last went well; newest first. */
    List<TurnedAway> turnedAway() {
        Seen seen = view.seen();
        Instant well = latest(
                latest(joining.certificateIssuedAt(), joining.enrolledAt()), seen == null ? null : seen.opened());
        // What was told to who came with an older manifest is not about the newest.
        Instant since =
                joining.joined() || joining.revoked() ? well : latest(joining.revokedAt(), joining.tokenMadeAt());
        return joining.turnedAway().stream()
                .filter(each -> since == null || each.last().isAfter(since))
                .toList();
    }

    private static @Nullable Instant latest(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) return one == null ? other : one;
        return one.isAfter(other) ? one : other;
    }

    /** Whether a manifest was made a while ago and nobody ever dialled. */
    boolean silent() {
        Instant made = joining.tokenMadeAt();
        return made != null
                && now.isAfter(made.plus(Onboarding.PATIENCE))
                && !joining.joined()
                && view.seen() == null
                && turnedAway().isEmpty();
    }

    List<Diagnosis> all() {
        List<Diagnosis> all = new ArrayList<>();
        if (!view.connected()) turnedAway().forEach(each -> all.add(of(each)));
        tokens(all);
        if (silent()) {
            all.add(Diagnosis.now(
                    "never-dialled",
                    "No agent has dialled",
                    "The manifest was made more than 3 minutes ago. Either it was not applied, its image cannot be pulled, or"
                            + " the cluster cannot reach the hub's address.",
                    LOOK));
        }
        switch (view.phase().phase()) {
            case REVOKED ->
                all.add(Diagnosis.now(
                        "revoked",
                        "Its certificates were revoked",
                        "Make a new manifest and apply it to let the cluster in again.",
                        ""));
            case DISCONNECTED ->
                all.add(Diagnosis.now(
                        "disconnected",
                        "The agent is not connected",
                        view.phase().detail(),
                        LOG));
            case WAITING, CONNECTED, SYNCING, READY, DEGRADED -> {} // nothing that its steps do not say
        }
        if (view.connected()) ofConnected(all);
        return all;
    }

    private void tokens(List<Diagnosis> all) {
        if (joining.joined() || joining.tokenOpen()) return;
        if (joining.tokens() == 0) {
            if (view.phase().phase() != ClusterPhase.REVOKED) {
                all.add(Diagnosis.now(
                        "token-missing", "There is no join token", "Make a manifest and apply it to the cluster.", ""));
            }
            return;
        }
        boolean told = all.stream().anyMatch(each -> each.code().startsWith("token-"));
        if (told) return;
        boolean used = joining.tokensUsed() == joining.tokens();
        all.add(
                used
                        ? Diagnosis.now(
                                "token-used",
                                "The join token was used",
                                "A token serves one agent once. Make a new manifest and apply it.",
                                "")
                        : Diagnosis.now(
                                "token-expired",
                                "The join token has expired",
                                "It could be used until " + joining.tokenExpiresAt()
                                        + ". Make a new manifest and apply it.",
                                ""));
    }

    private static Diagnosis of(TurnedAway away) {
        return switch (away.cause()) {
            case TOKEN_WRONG ->
                away(away, "token-wrong", "The join token is not valid", "Make a new manifest and apply it.", "");
            case TOKEN_EXPIRED ->
                away(away, "token-expired", "The join token has expired", "Make a new manifest and apply it.", "");
            case TOKEN_USED ->
                away(
                        away,
                        "token-used",
                        "The join token was used before",
                        "Another agent used it, or this one lost its key. Make a new manifest and apply it.",
                        "");
            case OTHER_CLUSTER ->
                away(
                        away,
                        "other-cluster",
                        "It is another cluster",
                        "A name belongs to one cluster and a cluster has one name. Delete the Cluster resource that holds it"
                                + " first, or apply the manifest to the right cluster.",
                        "kubectl config current-context");
            case CERTIFICATE ->
                away(
                        away,
                        "certificate",
                        "The agent's certificate is not accepted",
                        "The agent renews an expired one by itself; if it does not, make a new manifest and apply it.",
                        LOG);
            case REVOKED ->
                away(
                        away,
                        "revoked",
                        "The agent's certificate was revoked",
                        "Make a new manifest and apply it to let the cluster in again.",
                        "");
            case VERSION ->
                away(
                        away,
                        "version",
                        "The agent's version does not fit the hub's",
                        "Apply a manifest of this hub: it has the agent that fits.",
                        "");
        };
    }

    private static Diagnosis away(TurnedAway away, String code, String title, String what, String command) {
        return new Diagnosis(
                code, title, "The agent was told: " + away.detail() + ". " + what, command, away.last(), away.times());
    }

    private void ofConnected(List<Diagnosis> all) {
        view.unreadable()
                .forEach((reason, kinds) -> all.add(Diagnosis.now(
                        "rbac",
                        "The agent cannot read " + kinds,
                        reason + ". If a right is missing, apply the manifest again: it has the rights.",
                        RIGHTS)));
        if (view.inventory().firstListed() != null && view.mesh().mesh().isEmpty()) {
            all.add(Diagnosis.now(
                    "mesh",
                    "No mesh was found",
                    "Global services need Istio in the cluster; the agent looks for istiod in its own namespace.",
                    "kubectl -n istio-system get deployment istiod"));
        }
        if (view.judgement().braked()) {
            all.add(Diagnosis.now(
                    "brake",
                    "The brake holds what it reports",
                    view.judgement().brakeReason() + ". If that is so, release the brake.",
                    ""));
        }
        view.progress().refusals().entrySet().stream()
                .limit(5)
                .forEach(refusal -> all.add(Diagnosis.now(
                        "refused", "An object was refused", refusal.getKey() + ": " + refusal.getValue(), LOG)));
    }
}
