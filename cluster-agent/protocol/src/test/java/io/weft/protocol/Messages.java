package io.weft.protocol;

import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.Applied;
import io.weft.protocol.v1.ObjectHash;
import io.weft.protocol.v1.ObjectHashes;
import io.weft.protocol.v1.ObjectRefusal;
import io.weft.protocol.v1.RefusalCode;
import io.weft.protocol.v1.Refused;
import io.weft.protocol.v1.Report;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.util.List;
import java.util.SortedMap;

/** What an agent of the tests says. */
final class Messages {
    private Messages() {}

    static AgentMessage applied(Digest version) {
        return AgentMessage.newBuilder()
                .setApplied(Applied.newBuilder().setVersion(version.bytes()))
                .build();
    }

    static ObjectRefusal refusal(String key) {
        return ObjectRefusal.newBuilder()
                .setKey(key)
                .setCode(RefusalCode.REFUSAL_CODE_INVALID)
                .setReason("the schema says no")
                .build();
    }

    static AgentMessage refused(Digest version, String key) {
        return AgentMessage.newBuilder()
                .setRefused(Refused.newBuilder().setVersion(version.bytes()).addObjects(refusal(key)))
                .build();
    }

    static AgentMessage hashes(SortedMap<String, Digest> objects) {
        ObjectHashes.Builder hashes = ObjectHashes.newBuilder().setLast(true);
        objects.forEach((key, hash) ->
                hashes.addObjects(ObjectHash.newBuilder().setKey(key).setHash(hash.bytes())));
        return AgentMessage.newBuilder().setObjectHashes(hashes).build();
    }

    static Report.Builder namespaces(long sequence, ReportItem... items) {
        return Report.newBuilder()
                .setKind(ReportKind.REPORT_KIND_NAMESPACE)
                .setSequence(sequence)
                .addAllPuts(List.of(items));
    }

    static AgentMessage of(Report.Builder report) {
        return AgentMessage.newBuilder().setReport(report).build();
    }
}
