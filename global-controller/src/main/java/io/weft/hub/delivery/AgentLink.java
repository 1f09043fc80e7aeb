package io.weft.hub.delivery;

import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.HubMessage;

/** The transport of one session, as the hub's end sees it. Neither method blocks. */
public interface AgentLink {
    /** In order. Each chunk of a bundle is answered by {@link ClusterDelivery#sent} once the transport has room again. */
    void send(HubMessage message);

    /** Closes after what was sent. */
    void end(GoodbyeCode code, String reason);
}
