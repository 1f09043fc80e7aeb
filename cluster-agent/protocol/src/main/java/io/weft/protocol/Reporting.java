package io.weft.protocol;

import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.Report;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Numbers the reports of each kind and cuts snapshots into messages. */
final class Reporting {
    private final SessionLimits limits;
    private final Map<ReportKind, Long> sequences = new EnumMap<>(ReportKind.class);

    /** Kinds that moved after the hello, whose hash is therefore no basis for differences. */
    private final Set<ReportKind> moved = EnumSet.noneOf(ReportKind.class);

    Reporting(SessionLimits limits) {
        this.limits = limits;
    }

    void observed(AgentEvent.Observed e, boolean established, List<AgentEffect> out) {
        if (!established) {
            moved.add(e.kind());
            return;
        }
        send(e.kind(), cut(e.kind(), Report.newBuilder(), e.puts(), out).addAllRemovals(e.removals()), out);
    }

    void listed(AgentEvent.Listed e, boolean established, List<AgentEffect> out) {
        if (!established) {
            moved.add(e.kind());
            return;
        }
        boolean complete = e.incompleteReason().isEmpty();
        Report.Builder last = cut(e.kind(), Report.newBuilder().setBegin(true), e.items(), out)
                .setEnd(true)
                .setComplete(complete)
                .setIncompleteReason(e.incompleteReason())
                .setCount(e.items().size());
        send(e.kind(), last, out);
    }

    /** Sends all but the last part. */
    private Report.Builder cut(ReportKind kind, Report.Builder first, List<ReportItem> items, List<AgentEffect> out) {
        Report.Builder part = first;
        int bytes = 0;
        for (ReportItem item : items) {
            if (bytes > 0 && bytes + item.getSerializedSize() > limits.chunkBytes()) {
                send(kind, part, out);
                part = Report.newBuilder();
                bytes = 0;
            }
            bytes += item.getSerializedSize();
            part.addPuts(item);
        }
        return part;
    }

    void welcomed(List<AgentEffect> out) {
        if (!moved.isEmpty()) out.add(new AgentEffect.TakeSnapshot(moved));
        moved.clear();
    }

    void asked(List<ReportKind> kinds, List<AgentEffect> out) {
        Set<ReportKind> known = EnumSet.noneOf(ReportKind.class);
        kinds.stream().filter(ReportOrder::known).forEach(known::add);
        if (!known.isEmpty()) out.add(new AgentEffect.TakeSnapshot(known));
    }

    private void send(ReportKind kind, Report.Builder report, List<AgentEffect> out) {
        long sequence = sequences.merge(kind, 1L, Long::sum);
        report.setKind(kind).setSequence(sequence);
        out.add(new AgentEffect.Send(AgentMessage.newBuilder().setReport(report).build()));
    }
}
