package io.weft.policy.validate;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.ClusterSpec;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.GlobalNamespaceSpec.MemberRule;
import io.weft.policy.model.NameMatch;
import io.weft.policy.model.Selector;
import io.weft.policy.model.TrafficRouteSpec;
import io.weft.policy.model.TrafficRouteSpec.Destination;
import io.weft.policy.model.TrafficRouteSpec.Match;
import io.weft.policy.model.TrafficRouteSpec.NamedMatch;
import io.weft.policy.model.TrafficRouteSpec.Retries;
import io.weft.policy.model.TrafficRouteSpec.Rule;
import io.weft.policy.model.TrafficRouteSpec.TextMatch;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the specs of the kinds that are built. */
final class SpecReader {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");
    private static final Set<String> RETRY_ON = Set.of(
            "5xx",
            "gateway-error",
            "reset",
            "connect-failure",
            "refused-stream",
            "retriable-4xx",
            "reset-before-request",
            "cancelled",
            "deadline-exceeded",
            "internal",
            "resource-exhausted",
            "unavailable");
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofHours(1);

    private SpecReader() {}

    static ClusterSpec cluster(Fields f) {
        f.notBuilt("adminOwnedNamespaces", "proxy", "meshInstall", "maintenanceWindows", "drained");
        String region = f.text("region", "");
        String network = f.text("network", "");
        if (!Labels.isValue(region)) f.violation("region", "is not a label value", Labels.VALUE);
        if (!Labels.isValue(network)) f.violation("network", "is not a label value", Labels.VALUE);
        return new ClusterSpec(
                f.text("displayName", ""),
                f.text("description", ""),
                f.labels("labels"),
                f.text("provider", ""),
                region,
                network,
                f.choice("meshKind", ClusterSpec.MeshKind.class, ClusterSpec.MeshKind.Istio),
                f.list("namespaceInclusions", SpecReader::nameMatch),
                f.list("namespaceExclusions", SpecReader::nameMatch));
    }

    private static NameMatch nameMatch(Fields f) {
        NameMatch.Op op = f.choice("op", NameMatch.Op.class, NameMatch.Op.Exact);
        String value = f.requiredText("value", "a name or part of one");
        if (op == NameMatch.Op.Regex) checkRegex(f, "value", value);
        return new NameMatch(op, value);
    }

    private static void checkRegex(Fields f, String name, String value) {
        try {
            Pattern.compile(value);
        } catch (PatternSyntaxException wrong) {
            f.violation(name, "is not a regular expression: " + wrong.getDescription(), "RE2 syntax");
        }
    }

    static GlobalNamespaceSpec globalNamespace(Fields f) {
        f.notBuilt("trustDomain", "discovery", "exportTo", "importFrom");
        String domain = f.requiredText("domain", Labels.DOMAIN);
        if (!domain.isEmpty() && !Labels.isDomain(domain)) f.violation("domain", "is not a domain", Labels.DOMAIN);
        if (domain.equals("local") || domain.endsWith(".local")) {
            f.violation("domain", "belongs to the clusters themselves", "a domain that does not end with .local");
        }
        List<MemberRule> members = f.list("members", SpecReader::memberRule);
        if (members.isEmpty()) f.violation("members", "has no rule", "at least one rule");
        String color = f.text("color", "");
        if (!color.isEmpty() && !Pattern.matches("#[0-9A-Fa-f]{6}", color)) {
            f.violation("color", "is not a colour", "#RRGGBB");
        }
        return new GlobalNamespaceSpec(
                f.text("displayName", ""),
                f.text("description", ""),
                domain,
                members,
                f.choice("mtls", GlobalNamespaceSpec.Mtls.class, GlobalNamespaceSpec.Mtls.Strict),
                color);
    }

    private static MemberRule memberRule(Fields f) {
        if (!f.has("namespaceSelector")) {
            f.violation("namespaceSelector", "is missing", "which namespaces belong; {} for all");
        }
        return new MemberRule(
                selector(f, "clusterSelector"), selector(f, "namespaceSelector"), selector(f, "serviceSelector"));
    }

    private static Selector selector(Fields f, String name) {
        var raw = f.raw(name);
        if (raw != null && raw.isArray()) {
            return new Selector(Selector.ALL.matchLabels(), List.of(), f.list(name, SpecReader::field));
        }
        Selector selector = f.object(
                name,
                s -> new Selector(
                        s.labels("matchLabels"), s.list("matchExpressions", SpecReader::expression), List.of()));
        return selector == null ? Selector.ALL : selector;
    }

    private static Selector.Field field(Fields f) {
        String field = f.requiredText("field", "name");
        if (!field.isEmpty() && !field.equals("name")) f.violation("field", "cannot be selected by", "name");
        NameMatch.Op op = f.choice("op", NameMatch.Op.class, NameMatch.Op.Exact);
        String value = f.requiredText("value", "a name or part of one");
        if (op == NameMatch.Op.Regex) checkRegex(f, "value", value);
        return new Selector.Field(field, op, value);
    }

    private static Selector.Expression expression(Fields f) {
        String key = f.requiredText("key", Labels.KEY);
        if (!key.isEmpty() && !Labels.isKey(key)) f.violation("key", "is not a label key", Labels.KEY);
        if (!f.has("operator")) f.violation("operator", "is missing", "In, NotIn, Exists, DoesNotExist");
        Selector.Operator operator = f.choice("operator", Selector.Operator.class, Selector.Operator.Exists);
        List<String> values = f.labelValues("values");
        boolean set = operator == Selector.Operator.In || operator == Selector.Operator.NotIn;
        if (set == values.isEmpty()) {
            f.violation("values", "does not fit the operator", set ? "at least one value" : "no values");
        }
        return new Selector.Expression(key, operator, values);
    }

    static TrafficRouteSpec trafficRoute(Fields f) {
        f.notBuilt("hosts");
        String target = f.requiredText("target", "the name of a global service, without the domain");
        if (!target.isEmpty() && !Labels.isName(target)) f.violation("target", "is not a service name", Labels.NAME);
        List<Rule> rules = f.list("rules", SpecReader::rule);
        if (rules.isEmpty()) f.violation("rules", "has no rule", "at least one rule");
        for (int i = 0; i < rules.size() - 1; i++) {
            if (rules.get(i).matches().isEmpty()) {
                f.violation(
                        "rules", "rule " + i + " matches everything, so those after it never hold", "it as the last");
            }
        }
        return new TrafficRouteSpec(f.text("description", ""), target, rules);
    }

    private static Rule rule(Fields f) {
        f.notBuilt("mirror", "redirect", "rewrite", "headers", "fault", "cors");
        String name = f.text("name", "");
        if (!name.isEmpty() && !Labels.isName(name)) f.violation("name", "is not a name", Labels.NAME);
        List<Match> matches = f.list("matches", SpecReader::match);
        List<Destination> split = f.list("split", SpecReader::destination);
        int sum = split.stream().mapToInt(Destination::weight).sum();
        if (!split.isEmpty() && sum != 100) {
            f.violation("split", "weights sum to " + sum, "weights that sum to 100");
        }
        if (split.stream().map(d -> d.version() + "/" + d.cluster()).distinct().count() != split.size()) {
            f.violation("split", "names a destination twice", "each version and cluster once");
        }
        return new Rule(
                name, matches, split, f.duration("timeout", LEAST, MOST), f.object("retries", SpecReader::retries));
    }

    private static Match match(Fields f) {
        f.notBuilt("source", "jwtClaims");
        String method = f.optionalText("method");
        if (method != null && !METHODS.contains(method)) f.violation("method", "is not a method", "GET, POST, …");
        TextMatch path = f.object("path", SpecReader::textMatch);
        if (path != null && path.op() != NameMatch.Op.Regex && !path.value().startsWith("/")) {
            f.violation("path", "is not a path", "a value that begins with /");
        }
        List<NamedMatch> headers = f.list("headers", SpecReader::namedMatch);
        List<NamedMatch> parameters = f.list("queryParams", SpecReader::namedMatch);
        if (method == null && path == null && headers.isEmpty() && parameters.isEmpty()) {
            f.violation("path", "is missing, as is every other condition", "path, method, headers or queryParams");
        }
        return new Match(path, method, headers, parameters);
    }

    private static NamedMatch namedMatch(Fields f) {
        String name = f.requiredText("name", "the name of a header or query parameter");
        if (!name.isEmpty() && !Pattern.matches("[A-Za-z0-9_.!#$%&'*+^`|~-]{1,128}", name)) {
            f.violation("name", "is not a name", "letters, digits and '-'");
        }
        return new NamedMatch(name, textMatch(f));
    }

    private static TextMatch textMatch(Fields f) {
        NameMatch.Op op = f.choice("op", NameMatch.Op.class, NameMatch.Op.Exact);
        String value = f.requiredText("value", "what it must be");
        if (op == NameMatch.Op.Suffix) f.violation("op", "cannot be expressed by a mesh", "Exact, Prefix, Regex");
        if (op == NameMatch.Op.Regex) checkRegex(f, "value", value);
        return new TextMatch(op, value);
    }

    private static Destination destination(Fields f) {
        String version = f.optionalText("version");
        if (version != null && (version.isEmpty() || !Labels.isValue(version))) {
            f.violation("version", "is not a version", Labels.VALUE);
        }
        String cluster = f.optionalText("cluster");
        if (cluster != null && !Labels.isName(cluster)) {
            f.violation("cluster", "is not the name of a cluster", Labels.NAME);
            cluster = null;
        }
        if (!f.has("weight")) f.violation("weight", "is missing", "a whole number from 0 to 100");
        return new Destination(version, clusterName(cluster), f.whole("weight", 0, 100, 0));
    }

    private static @Nullable ClusterName clusterName(@Nullable String name) {
        return name == null ? null : new ClusterName(name);
    }

    private static Retries retries(Fields f) {
        if (!f.has("attempts")) f.violation("attempts", "is missing", "a whole number from 0 to 10");
        String on = f.optionalText("on");
        if (on != null) {
            for (String condition : on.split(",", -1)) {
                if (!RETRY_ON.contains(condition.strip())) {
                    f.violation(
                            "on",
                            "knows no '" + condition.strip() + "'",
                            String.join(", ", RETRY_ON.stream().sorted().toList()));
                }
            }
        }
        return new Retries(f.whole("attempts", 0, 10, 0), f.duration("perTryTimeout", LEAST, MOST), on);
    }
}
