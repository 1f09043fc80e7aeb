package io.weft.hub.query.internal;

import io.weft.protocol.v1.ReportKind;
import java.util.Optional;

/** What can be observed, as it stands in addresses. */
public final class InventoryKinds {
    private InventoryKinds() {}

    /** Empty for what is no kind. */
    public static Optional<ReportKind> of(String path) {
        return switch (path) {
            case "namespaces" -> Optional.of(ReportKind.REPORT_KIND_NAMESPACE);
            case "services" -> Optional.of(ReportKind.REPORT_KIND_SERVICE);
            case "versions" -> Optional.of(ReportKind.REPORT_KIND_VERSION);
            case "instances" -> Optional.of(ReportKind.REPORT_KIND_INSTANCE);
            case "nodes" -> Optional.of(ReportKind.REPORT_KIND_NODE);
            case "gateways" -> Optional.of(ReportKind.REPORT_KIND_GATEWAY);
            case "meshes" -> Optional.of(ReportKind.REPORT_KIND_MESH);
            default -> Optional.empty();
        };
    }

    static String path(ReportKind kind) {
        return switch (kind) {
            case REPORT_KIND_NAMESPACE -> "namespaces";
            case REPORT_KIND_SERVICE -> "services";
            case REPORT_KIND_VERSION -> "versions";
            case REPORT_KIND_INSTANCE -> "instances";
            case REPORT_KIND_NODE -> "nodes";
            case REPORT_KIND_GATEWAY -> "gateways";
            case REPORT_KIND_MESH -> "meshes";
            case REPORT_KIND_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }
}
