package io.weft.hub.clusters.internal;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The manifest, with what differs from cluster to cluster filled in. Values are indented as where they stand. */
final class ManifestTemplate {
    private static final String RESOURCE = "/weft/agent.yaml.template";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-zA-Z]+)}");

    private final String template;
    private final String hubAddress;
    private final String agentImage;
    private final Supplier<Authority> hubAuthority;

    ManifestTemplate(String hubAddress, String agentImage, Supplier<Authority> hubAuthority) {
        this.template = load();
        this.hubAddress = hubAddress;
        this.agentImage = agentImage;
        this.hubAuthority = hubAuthority;
    }

    String render(TenantId tenant, ClusterName cluster, String joinToken) {
        Map<String, String> values = Map.of(
                "tenant",
                tenant.value(),
                "cluster",
                cluster.value(),
                "joinToken",
                joinToken,
                "hubAddress",
                hubAddress,
                "agentImage",
                agentImage,
                "hubCa",
                EnrolmentService.pem(hubAuthority.get().certificate()).strip());
        Matcher matcher = PLACEHOLDER.matcher(template);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value == null) throw new IllegalStateException("template: unknown placeholder " + matcher.group(1));
            String before = template.substring(template.lastIndexOf('\n', matcher.start()) + 1, matcher.start());
            String indented = before.isBlank() ? value.replace("\n", "\n" + before) : value;
            matcher.appendReplacement(text, Matcher.quoteReplacement(indented));
        }
        return matcher.appendTail(text).toString();
    }

    private static String load() {
        try (InputStream stream = ManifestTemplate.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) throw new IllegalStateException("resource " + RESOURCE + " is missing");
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
