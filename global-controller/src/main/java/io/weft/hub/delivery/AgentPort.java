package io.weft.hub.delivery;

/** Where this replica listens for agents. */
@FunctionalInterface
public interface AgentPort {
    /** The port in use, also when any free one was asked for. Throws IllegalStateException while it is not open. */
    int number();
}
