package io.weft.hub.delivery;

import io.weft.protocol.v1.Hello;
import java.util.List;

/**
 * What an agent says of itself; shown, never decided upon. Cut to what a person reads.
 *
 * @param capabilities what it can do, by name
 */
public record AgentSays(String version, List<String> capabilities) {
    static final AgentSays NOTHING = new AgentSays("", List.of());

    private static final int LONGEST = 100;
    private static final int MOST = 50;

    public AgentSays {
        version = text(version);
        capabilities = capabilities.stream().limit(MOST).map(AgentSays::text).toList();
    }

    static AgentSays of(Hello hello) {
        return new AgentSays(hello.getAgentVersion(), hello.getCapabilitiesList());
    }

    private static String text(String text) {
        return text.substring(0, Math.min(LONGEST, text.length())).replace("\0", "");
    }
}
