package io.weft.protocol;

import io.weft.protocol.v1.Hello;
import io.weft.protocol.v1.KindHash;
import java.util.List;

/**
 * Who an agent is.
 *
 * @param hubId of the hub that the cluster was enrolled at; no other is obeyed
 * @param instanceId random, made at each start of the process
 * @param capabilities what it can do, by name
 */
public record AgentIdentity(
        String clusterUid, String hubId, String agentVersion, String instanceId, List<String> capabilities) {
    public AgentIdentity {
        capabilities = List.copyOf(capabilities);
    }

    Hello.Builder hello(Held held, List<KindHash> reports) {
        return Hello.newBuilder()
                .setClusterUid(clusterUid)
                .setAgentVersion(agentVersion)
                .setProtocolVersion(HubSession.PROTOCOL_VERSION)
                .setInstanceId(instanceId)
                .setIncarnation(held.place().incarnation())
                .setPosition(held.place().position())
                .setPositionHash(held.positionHash().bytes())
                .setBundleVersion(held.version().bytes())
                .setHeldState(held.state())
                .addAllRefusals(held.refusals())
                .addAllReportHashes(reports)
                .addAllCapabilities(capabilities);
    }
}
