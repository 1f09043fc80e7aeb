package io.weft.hub.query.internal;

import io.weft.hub.clusters.ClusterJoining.Joining;
import io.weft.hub.clusters.ClusterJoining.TurnedAway;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How far one cluster has come in joining, step by step, and what stands in the way. */
public final class Onboarding {
    /** Who applied a manifest hears from the agent within this time, images and all. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private enum State {
        DONE,
        NOW,
        WAITING,
        FAILED
    }

    private record Step(
            String id,
            boolean done,
            boolean failed,
            @Nullable Instant at,
            String title,
            String detail) {}

    private final ClusterView view;
    private final Joining joining;
    private final Diagnoses diagnoses;

    /** @param now by which patience ends */
    public Onboarding(ClusterView view, Instant now) {
        this.view = view;
        this.joining = view.joining();
        this.diagnoses = new Diagnoses(view, now);
    }

    public void write(ObjectNode out) {
        out.put("cluster", view.name().value());
        out.put("phase", view.phase().phase().wireName());
        ObjectNode tokens =
                out.putObject("tokens").put("issued", joining.tokens()).put("used", joining.tokensUsed());
        if (joining.tokenExpiresAt() != null)
            tokens.put("expiresAt", joining.tokenExpiresAt().toString());
        steps(out.putArray("steps"));
        ArrayNode diagnosis = out.putArray("diagnosis");
        for (Diagnoses.Diagnosis each : diagnoses.all()) {
            ObjectNode one = diagnosis.addObject().put("code", each.code()).put("title", each.title());
            one.put("detail", each.detail());
            if (!each.command().isEmpty()) one.put("command", each.command());
            if (each.at() != null) one.put("at", each.at().toString());
            if (each.times() > 0) one.put("times", each.times());
        }
    }

    private void steps(ArrayNode out) {
        boolean before = true;
        for (Step step : all()) {
            State state = step.done() && before
                    ? State.DONE
                    : step.failed() && before ? State.FAILED : before ? State.NOW : State.WAITING;
            before &= step.done();
            ObjectNode each = out.addObject().put("id", step.id());
            each.put("state", state.name().toLowerCase(Locale.ROOT));
            if (state == State.DONE && step.at() != null)
                each.put("at", step.at().toString());
            each.put("title", step.title()).put("detail", step.detail());
        }
    }

    private List<Step> all() {
        boolean joined = joining.joined();
        List<TurnedAway> turnedAway = diagnoses.turnedAway();
        boolean dialled = joined || view.seen() != null || !turnedAway.isEmpty();
        Instant dialledAt = joined
                ? joining.enrolledAt()
                : turnedAway.isEmpty() ? null : turnedAway.getLast().first();
        boolean reported = view.connected() && view.inventory().firstListed() != null;
        boolean refused = !view.progress().refusals().isEmpty();
        ClusterPhase phase = view.phase().phase();
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(
                "token",
                joined || joining.tokens() > 0,
                false,
                joining.tokenMadeAt(),
                "Manifest made",
                "The manifest has a join token, which one agent may use once."));
        steps.add(new Step(
                "dialled",
                dialled,
                diagnoses.silent(),
                dialledAt,
                "Agent dialled",
                dialled ? "An agent reached the hub." : "Apply the manifest to the cluster; the agent dials the hub."));
        steps.add(new Step(
                "identity",
                joined,
                !turnedAway.isEmpty(),
                joining.certificateIssuedAt() == null ? joining.enrolledAt() : joining.certificateIssuedAt(),
                "Identity",
                joined
                        ? "The agent has a certificate of its own."
                        : "The agent trades its join token for a certificate."));
        steps.add(new Step(
                "inventory",
                reported,
                joined && view.seen() != null && !view.connected(),
                view.inventory().firstListed(),
                "Inventory",
                reported ? "The cluster reports what it has." : "The agent opens a session and reports what it sees."));
        steps.add(new Step(
                "configuration",
                reported && view.applied(),
                refused,
                null,
                "Configuration",
                refused ? "Some objects were refused." : "The cluster gets and applies what it should have."));
        steps.add(new Step(
                "ready",
                phase == ClusterPhase.READY,
                phase == ClusterPhase.DEGRADED,
                null,
                "Ready",
                view.phase().detail()));
        return steps;
    }
}
