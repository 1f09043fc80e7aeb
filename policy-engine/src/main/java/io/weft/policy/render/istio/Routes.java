package io.weft.policy.render.istio;

import io.weft.policy.bundle.BundleObject;
import io.weft.policy.bundle.Layer;
import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.image.Facts.Protocol;
import io.weft.policy.model.TrafficRouteSpec.Match;
import io.weft.policy.model.TrafficRouteSpec.NamedMatch;
import io.weft.policy.model.TrafficRouteSpec.Retries;
import io.weft.policy.model.TrafficRouteSpec.TextMatch;
import io.weft.policy.plan.GlobalPort;
import io.weft.policy.plan.RulePlan;
import io.weft.policy.plan.RulePlan.Share;
import io.weft.policy.plan.ServicePlan;
import io.weft.policy.plan.ServicePlan.Send;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The virtual service of a global service. Requests that may be repeated whatever became of the first try (GET, HEAD,
 * OPTIONS) have a route of their own in front, with more reasons to try again; the others are only repeated when they
 * were never sent.
 */
record Routes(IstioObjects objects) {
    /** Telemetry tells our routes by this. */
    private static final String NAME_PREFIX = "weft.";

    private static final String SOURCE_HEADER = "x-weft-source";
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final String SAFE_METHOD_REGEX = "GET|HEAD|OPTIONS";
    private static final String RETRY_SAFE_METHODS = "gateway-error,connect-failure,refused-stream,reset";
    private static final String RETRY_ANY_METHOD = "connect-failure,refused-stream";
    private static final Retries DEFAULT_RETRIES = new Retries(3, null, null);
    private static final Duration DEFAULT_PER_TRY = Duration.ofSeconds(2);

    BundleObject of(ServicePlan plan, Send send) {
        ObjectNode spec = Json.object();
        spec.putArray("hosts").add(plan.host());
        spec.set("exportTo", Json.array(send.callers()));
        ArrayNode http = Json.array();
        ArrayNode tcp = Json.array();
        ArrayNode tls = Json.array();
        boolean several = send.ports().size() > 1;
        for (GlobalPort port : send.ports()) {
            if (port.isHttp()) {
                for (RulePlan rule : send.rules()) addHttp(http, plan, rule, port, several);
            } else {
                addOpaque(port.protocol() == Protocol.TLS ? tls : tcp, plan, send.rules(), port, several);
            }
        }
        if (!http.isEmpty()) spec.set("http", http);
        if (!tcp.isEmpty()) spec.set("tcp", tcp);
        if (!tls.isEmpty()) spec.set("tls", tls);
        ObjectKey key = new ObjectKey(
                IstioObjects.NETWORKING,
                "VirtualService",
                send.namespace(),
                IstioObjects.name("weft-", plan.host(), ""));
        return objects.object(key, Layer.SEND, send.provenance(), spec);
    }

    private static void addHttp(ArrayNode out, ServicePlan plan, RulePlan rule, GlobalPort port, boolean several) {
        Retries retries = rule.retries();
        boolean byMethod = retries == null || retries.attempts() > 0 && retries.on() == null;
        ArrayNode all = matches(rule.matches(), port, several, Methods.ALL);
        if (!byMethod && retries != null) {
            ObjectNode how = retries.attempts() == 0 ? Json.object().put("attempts", 0) : retries(rule, retries.on());
            out.add(http(plan, rule, port, "", all, how));
            return;
        }
        ArrayNode safe = matches(rule.matches(), port, several, Methods.SAFE);
        ArrayNode rest = matches(rule.matches(), port, several, Methods.REST);
        boolean everything = rule.matches().isEmpty();
        if (!safe.isEmpty()) out.add(http(plan, rule, port, ".safe", safe, retries(rule, RETRY_SAFE_METHODS)));
        if (everything || !rest.isEmpty()) out.add(http(plan, rule, port, "", rest, retries(rule, RETRY_ANY_METHOD)));
    }

    private static ObjectNode retries(RulePlan rule, @Nullable String on) {
        Retries retries = Optional.ofNullable(rule.retries()).orElse(DEFAULT_RETRIES);
        ObjectNode node = Json.object().put("attempts", retries.attempts());
        // Unasked, no request is cut short: a slow answer is not a failure.
        if (rule.retries() != null) {
            node.put(
                    "perTryTimeout",
                    Json.duration(Optional.ofNullable(retries.perTryTimeout()).orElse(DEFAULT_PER_TRY)));
        }
        if (on != null) node.put("retryOn", on);
        return node.put("retryRemoteLocalities", true);
    }

    private static ObjectNode http(
            ServicePlan plan, RulePlan rule, GlobalPort port, String suffix, ArrayNode matches, ObjectNode retries) {
        ObjectNode node = Json.object();
        node.put("name", NAME_PREFIX + plan.host() + "." + rule.name() + suffix);
        if (!matches.isEmpty()) node.set("match", matches);
        node.set("route", destinations(plan, rule, port));
        node.putObject("headers")
                .putObject("request")
                .putObject("set")
                .put(SOURCE_HEADER, plan.cluster().value());
        if (rule.timeout() != null) node.put("timeout", Json.duration(rule.timeout()));
        node.set("retries", retries);
        return node;
    }

    /** Routes of a port of which only connections are known: the first rule that asks for nothing of HTTP. */
    private static void addOpaque(
            ArrayNode out, ServicePlan plan, List<RulePlan> rules, GlobalPort port, boolean several) {
        for (RulePlan rule : rules) {
            if (!rule.matches().isEmpty()) continue;
            ObjectNode node = out.addObject();
            ObjectNode match = Json.object();
            if (several || port.protocol() == Protocol.TLS) match.put("port", port.number());
            if (port.protocol() == Protocol.TLS) match.putArray("sniHosts").add(plan.host());
            if (!match.isEmpty()) node.putArray("match").add(match);
            node.set("route", destinations(plan, rule, port));
            return;
        }
    }

    private static ArrayNode destinations(ServicePlan plan, RulePlan rule, GlobalPort port) {
        ArrayNode route = Json.array();
        for (Share share : rule.shares()) {
            ObjectNode node = route.addObject();
            ObjectNode destination = node.putObject("destination");
            destination.put("host", plan.host());
            destination.put("subset", share.subset());
            destination.putObject("port").put("number", port.number());
            if (rule.shares().size() > 1) node.put("weight", share.weight());
        }
        return route;
    }

    private enum Methods {
        ALL,
        SAFE,
        REST
    }

    private static ArrayNode matches(List<Match> matches, GlobalPort port, boolean several, Methods methods) {
        ArrayNode out = Json.array();
        if (matches.isEmpty() && (several || methods == Methods.SAFE)) {
            out.add(match(new Match(null, null, List.of(), List.of()), port, several, methods));
        }
        for (Match match : matches) {
            boolean safe = match.method() != null && SAFE_METHODS.contains(match.method());
            boolean skipped =
                    match.method() != null && (methods == Methods.SAFE ? !safe : methods == Methods.REST && safe);
            if (!skipped) out.add(match(match, port, several, methods));
        }
        return out;
    }

    private static ObjectNode match(Match match, GlobalPort port, boolean several, Methods methods) {
        ObjectNode node = Json.object();
        if (several) node.put("port", port.number());
        if (match.path() != null) node.set("uri", text(match.path()));
        if (match.method() != null) {
            node.putObject("method").put("exact", match.method());
        } else if (methods == Methods.SAFE) {
            node.putObject("method").put("regex", SAFE_METHOD_REGEX);
        }
        if (!match.headers().isEmpty()) node.set("headers", named(match.headers(), true));
        if (!match.queryParams().isEmpty()) node.set("queryParams", named(match.queryParams(), false));
        return node;
    }

    private static ObjectNode named(List<NamedMatch> matches, boolean lowerCase) {
        ObjectNode node = Json.object();
        for (NamedMatch match : matches) {
            node.set(lowerCase ? match.name().toLowerCase(Locale.ROOT) : match.name(), text(match.value()));
        }
        return node;
    }

    private static ObjectNode text(TextMatch match) {
        return switch (match.op()) {
            case Exact -> Json.object().put("exact", match.value());
            case Prefix -> Json.object().put("prefix", match.value());
            case Regex -> Json.object().put("regex", match.value());
            case Suffix -> throw new IllegalArgumentException("match: Suffix (expected: Exact, Prefix or Regex)");
        };
    }
}
