package io.weft.it.simulation;

import io.weft.policy.image.AckState;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.Kind;

/** The state of a simulation with everything left out that only counts or names. */
final class AbstractState {
    private AbstractState() {}

    static String of(Simulation simulation) {
        StringBuilder text = new StringBuilder();
        TenantImage image = simulation.histories().newest();
        text.append(image.resources(Kind.GLOBAL_NAMESPACE).size())
                .append(image.resources(Kind.TRAFFIC_ROUTE).size() > 0);
        simulation.replicas().forEach(replica -> text.append(replica.host().asleep() ? 's' : 'r'));
        for (SimulatedAgent agent : simulation.agents()) {
            AckState state = image.acknowledged(agent.cluster().name());
            text.append(' ')
                    .append(agent.wire() == null ? '-' : '+')
                    .append(agent.host().asleep() ? 's' : 'r')
                    .append(agent.cluster().listable() ? 'l' : 'n')
                    .append(agent.stored().place().position() < image.position() - 5 ? 'o' : 'c')
                    .append(few(state.answers().size()))
                    .append(few(state.dropping().size()))
                    .append(few(state.calls().size()))
                    .append(state.refusals().isEmpty() ? "" : "!");
        }
        return text.toString();
    }

    private static char few(int count) {
        return count == 0 ? '0' : count < 3 ? '1' : count < 8 ? '5' : '9';
    }
}
