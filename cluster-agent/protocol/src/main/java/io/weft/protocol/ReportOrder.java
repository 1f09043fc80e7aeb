package io.weft.protocol;

import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.Report;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import io.weft.protocol.v1.SendSnapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Brings reports of each kind in order: whole snapshots, and differences without gaps. After a gap or a broken snapshot
 * everything of the kind is dropped until a new snapshot, which is asked for.
 */
final class ReportOrder {
    private static final int MOST_REPAIRS = 3;

    private final SessionLimits limits;
    private final Map<ReportKind, Stream> streams = new EnumMap<>(ReportKind.class);

    ReportOrder(SessionLimits limits) {
        this.limits = limits;
    }

    /** One kind. {@code snapshot} collects between begin and end. */
    private static final class Stream {
        long next = 1;
        boolean awaitsSnapshot;
        boolean inSnapshot;
        int repairs;
        List<ReportItem> snapshot = new ArrayList<>();
    }

    static boolean known(ReportKind kind) {
        return kind != ReportKind.UNRECOGNIZED && kind != ReportKind.REPORT_KIND_UNSPECIFIED;
    }

    /** Differences of this kind mean nothing until a snapshot came. */
    void expectSnapshot(ReportKind kind) {
        stream(kind).awaitsSnapshot = true;
    }

    private Stream stream(ReportKind kind) {
        return streams.computeIfAbsent(kind, k -> new Stream());
    }

    void received(Report report, List<HubEffect> out) throws Violation {
        if (!known(report.getKind())) return; // of a newer agent
        for (ReportItem item : report.getPutsList()) check(report.getKind(), item);
        Stream stream = stream(report.getKind());
        boolean gap = report.getSequence() != stream.next;
        stream.next = report.getSequence() + 1;
        if (report.getBegin()) begin(report, stream, out);
        else if (stream.inSnapshot) part(report, stream, gap, out);
        else if (stream.awaitsSnapshot) return; // it was asked for and will have this
        else if (gap) repair(report.getKind(), stream, out);
        else if (report.getEnd()) throw new Violation("the end of a snapshot that did not begin");
        else out.add(new HubEffect.Change(report.getKind(), report.getPutsList(), report.getRemovalsList()));
    }

    private void begin(Report report, Stream stream, List<HubEffect> out) throws Violation {
        stream.inSnapshot = true;
        stream.snapshot = new ArrayList<>();
        part(report, stream, false, out);
    }

    private void part(Report report, Stream stream, boolean gap, List<HubEffect> out) throws Violation {
        if (report.getRemovalsCount() > 0) throw new Violation("removals in a snapshot");
        stream.snapshot.addAll(report.getPutsList());
        if (stream.snapshot.size() > limits.snapshotItems()) {
            throw new Violation("more than " + limits.snapshotItems() + " items of " + report.getKind());
        }
        if (gap) repair(report.getKind(), stream, out);
        else if (report.getEnd()) end(report, stream, out);
    }

    private void end(Report report, Stream stream, List<HubEffect> out) throws Violation {
        List<ReportItem> items = stream.snapshot;
        if (report.getComplete() && items.size() != report.getCount()) {
            repair(report.getKind(), stream, out);
            return;
        }
        stream.inSnapshot = false;
        stream.awaitsSnapshot = false;
        stream.snapshot = new ArrayList<>();
        out.add(new HubEffect.Snapshot(report.getKind(), items, report.getComplete(), report.getIncompleteReason()));
    }

    private static void repair(ReportKind kind, Stream stream, List<HubEffect> out) throws Violation {
        stream.inSnapshot = false;
        stream.snapshot = new ArrayList<>();
        if (++stream.repairs > MOST_REPAIRS) throw new Violation("gap after gap in reports of " + kind);
        stream.awaitsSnapshot = true;
        var ask = SendSnapshot.newBuilder().addKinds(kind);
        out.add(new HubEffect.Send(HubMessage.newBuilder().setSendSnapshot(ask).build()));
    }

    private static void check(ReportKind kind, ReportItem item) throws Violation {
        if (item.getKey().isEmpty()) throw new Violation("an item of " + kind + " without a key");
        if (item.getHash().size() != Digest.LENGTH) throw new Violation("an item of " + kind + " without a hash");
        ReportKind found = ReportItems.kind(item);
        if (found != kind) throw new Violation("an item of " + found + " in a report of " + kind);
    }
}
