package io.weft.hub.resources.internal;

import io.weft.hub.platform.web.PageRequest;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A page of the resources of one kind. The page after it is found by the sort key and name of its last resource, so that
 * changes in between neither repeat nor skip what did not change.
 */
public final class ResourceList {
    /**
     * @param total how many there are on all pages
     * @param next what {@code continue} must be to go on; null at the end
     */
    public record Page(
            List<Resource> resources, int total, @Nullable String next) {}

    /** As they stand in the query; null is not given. */
    public record Query(
            @Nullable String limit,
            @Nullable String next,
            @Nullable String labelSelector,
            @Nullable String fieldSelector,
            @Nullable String sort,
            @Nullable String text) {}

    private record Row(String sortKey, Resource resource) {}

    private ResourceList() {}

    public static Page page(
            TenantImage image, Kind kind, @Nullable GnsName gns, Query query, Function<Resource, JsonNode> document) {
        LabelQuery labels = LabelQuery.parse(query.labelSelector());
        FieldQuery fields = FieldQuery.parse(query.fieldSelector());
        boolean descending = query.sort() != null && query.sort().startsWith("-");
        Function<Resource, String> sortKey = sortKey(query.sort(), descending);
        int limit = PageRequest.limit(query.limit());
        Comparator<Row> order = Comparator.comparing(Row::sortKey).thenComparing(row -> place(row.resource()));
        if (descending) order = order.reversed();
        String text = query.text() == null ? "" : query.text().toLowerCase(Locale.ROOT);
        List<Row> all = image.resources(kind).values().stream()
                .filter(resource -> gns == null || gns.equals(resource.key().gns()))
                .filter(resource -> labels.matches(resource.metadata().labels()))
                .filter(resource -> fields.isEmpty() || fields.matches(document.apply(resource)))
                .filter(resource -> text.isEmpty() || names(resource).anyMatch(name -> contains(name, text)))
                .map(resource -> new Row(sortKey.apply(resource), resource))
                .sorted(order)
                .toList();
        Stream<Row> rows = all.stream();
        if (query.next() != null) {
            String[] last = decode(query.next());
            rows = rows.filter(row -> isAfter(row, last, descending));
        }
        List<Row> found = new ArrayList<>(rows.limit(limit + 1L).toList());
        boolean more = found.size() > limit;
        if (more) found.removeLast();
        return new Page(found.stream().map(Row::resource).toList(), all.size(), more ? encode(found.getLast()) : null);
    }

    /** By name, and of one name in several global namespaces by those. */
    private static String place(Resource resource) {
        return resource.key().name()
                + resource.key().globalNamespace().map(gns -> " " + gns).orElse("");
    }

    /** What {@code q} looks at. */
    private static Stream<String> names(Resource resource) {
        return switch (resource) {
            case Resource.Cluster cluster ->
                Stream.of(cluster.key().name(), cluster.spec().displayName());
            case Resource.GlobalNamespace gns ->
                Stream.of(gns.key().name(), gns.spec().displayName(), gns.spec().domain());
            case Resource.TrafficRoute route ->
                Stream.of(route.key().name(), route.spec().target());
        };
    }

    private static boolean contains(String name, String lowerCase) {
        return name.toLowerCase(Locale.ROOT).contains(lowerCase);
    }

    private static Function<Resource, String> sortKey(@Nullable String sort, boolean descending) {
        String field = sort == null ? "name" : descending ? sort.substring(1) : sort;
        return switch (field) {
            case "name" -> resource -> "";
            case "createdAt" -> resource -> resource.metadata().createdAt().toString();
            case "updatedAt" -> resource -> resource.metadata().updatedAt().toString();
            case "revision" ->
                resource ->
                        String.format(Locale.ROOT, "%020d", resource.metadata().revision());
            default ->
                throw PageRequest.wrong(
                        "sort",
                        field,
                        "name, createdAt, updatedAt or revision, with - before it for the other way",
                        null);
        };
    }

    private static boolean isAfter(Row row, String[] last, boolean descending) {
        int bySort = row.sortKey().compareTo(last[0]);
        int order = bySort != 0 ? bySort : place(row.resource()).compareTo(last[1]);
        return descending ? order < 0 : order > 0;
    }

    private static String encode(Row row) {
        String text = row.sortKey() + "\n" + place(row.resource());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String[] decode(String next) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(next), StandardCharsets.UTF_8).split("\n", -1);
            if (parts.length == 2) return parts;
        } catch (IllegalArgumentException e) {
            throw PageRequest.wrong("continue", next, "what the page before answered", e);
        }
        throw PageRequest.wrong("continue", next, "what the page before answered", null);
    }
}
