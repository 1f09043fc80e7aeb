package io.weft.hub.query.internal;

import io.weft.hub.delivery.DeliveryStatus.Look;
import io.weft.policy.compile.Finding;
import io.weft.policy.compile.GlobalServices.GlobalService;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.ResourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What needs somebody, the worst first. */
final class OverviewProblems {
    private static final int MOST = 50;

    private enum Severity {
        ERROR,
        WARNING,
        INFO
    }

    /** @param cluster or {@code resource}: what it is about */
    private record Problem(
            Severity severity,
            String code,
            String title,
            String detail,
            @Nullable ResourceKey resource,
            @Nullable ClusterName cluster) {}

    /** Findings of one kind about one resource are one problem. */
    private record About(ResourceKey resource, String reason) implements Comparable<About> {
        @Override
        public int compareTo(About other) {
            int byResource = resource.compareTo(other.resource);
            return byResource != 0 ? byResource : reason.compareTo(other.reason);
        }
    }

    private final List<Problem> problems = new ArrayList<>();

    OverviewProblems(
            Look look,
            SortedMap<ClusterName, ClusterView> clusters,
            SortedMap<GnsName, SortedMap<String, GlobalService>> services,
            Instant now) {
        clusters.values().forEach(view -> ofCluster(view, now));
        findings(look);
        for (ResourceKey key : look.image().resources(Kind.GLOBAL_NAMESPACE).keySet()) {
            if (services.getOrDefault(new GnsName(key.name()), new TreeMap<>()).isEmpty()) {
                String detail = "No service of any cluster is in it yet.";
                problems.add(new Problem(Severity.INFO, "empty", key.name() + " is empty", detail, key, null));
            }
        }
        problems.sort(Comparator.comparing(Problem::severity));
    }

    private void ofCluster(ClusterView view, Instant now) {
        ClusterView.Phase phase = view.phase();
        ClusterName name = view.name();
        switch (phase.phase()) {
            case DISCONNECTED -> add(Severity.ERROR, "disconnected", name + " is not connected", phase.detail(), name);
            case DEGRADED -> {
                boolean refused = !view.progress().refusals().isEmpty();
                add(
                        refused ? Severity.ERROR : Severity.WARNING,
                        "degraded",
                        name + " needs a look",
                        phase.detail(),
                        name);
            }
            case WAITING -> {
                Diagnoses diagnoses = new Diagnoses(view, now);
                if (diagnoses.silent() || !diagnoses.turnedAway().isEmpty()) {
                    Diagnoses.Diagnosis first = diagnoses.all().getFirst();
                    add(
                            Severity.WARNING,
                            first.code(),
                            name + " does not join: " + first.title(),
                            first.detail(),
                            name);
                }
            }
            case REVOKED -> add(Severity.INFO, "revoked", name + " was revoked", phase.detail(), name);
            case CONNECTED, SYNCING, READY -> {} // on its way, or there
        }
    }

    private void add(Severity severity, String code, String title, String detail, ClusterName cluster) {
        problems.add(new Problem(severity, code, title, detail, null, cluster));
    }

    private void findings(Look look) {
        SortedMap<About, List<Finding>> byAbout = new TreeMap<>();
        look.compiled()
                .forEach((cluster, compiled) -> compiled.findings()
                        .forEach(finding -> byAbout.computeIfAbsent(
                                        new About(finding.resource(), finding.reason()), a -> new ArrayList<>())
                                .add(finding)));
        byAbout.forEach((about, findings) -> {
            Finding first = findings.getFirst();
            long others = findings.stream().map(Finding::message).distinct().count() - 1;
            String detail = first.message() + (others == 0 ? "" : " (and " + others + " more)");
            Severity severity = switch (first) {
                case Finding.Conflicted conflicted -> Severity.ERROR;
                case Finding.Unsupported unsupported -> Severity.WARNING;
                case Finding.Warning warning -> Severity.WARNING;
            };
            ResourceKey key = about.resource();
            ClusterName cluster = key.kind() == Kind.CLUSTER ? new ClusterName(key.name()) : null;
            String title = key.name() + ": " + words(about.reason());
            problems.add(new Problem(severity, about.reason(), title, detail, cluster == null ? key : null, cluster));
        });
    }

    /** {@code PortsDiffer} as {@code ports differ}. */
    private static String words(String reason) {
        return reason.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** Those with an error or a warning of their own. */
    SortedSet<String> globalNamespaces() {
        SortedSet<String> names = new TreeSet<>();
        for (Problem problem : problems) {
            ResourceKey key = problem.resource();
            if (key == null || problem.severity() == Severity.INFO) continue;
            if (key.kind() == Kind.GLOBAL_NAMESPACE) names.add(key.name());
        }
        return names;
    }

    void write(ArrayNode out) {
        problems.stream().limit(MOST).forEach(problem -> {
            ObjectNode each = out.addObject();
            each.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
            each.put("code", problem.code()).put("title", problem.title()).put("detail", problem.detail());
            ResourceKey key = problem.resource();
            if (key != null) {
                ObjectNode resource = each.putObject("resource")
                        .put("kind", key.kind().wireName())
                        .put("name", key.name());
                key.globalNamespace().ifPresent(gns -> resource.put("globalNamespace", gns.value()));
            }
            if (problem.cluster() != null) each.put("cluster", problem.cluster().value());
        });
    }
}
