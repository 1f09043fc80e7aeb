package io.weft.agent.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchTest {
    private interface Pods extends Listable<Object>, Informable<Pod> {}

    @Test
    void aWatchThatIsJustBeingReplacedIsIncompleteAndNoFault() {
        SharedIndexInformer<?> betweenTwoWatches = stub(SharedIndexInformer.class, method -> switch (method) {
            case "hasSynced" -> true;
            case "isWatching" -> throw new NullPointerException();
            default -> null;
        });
        Pods pods = stub(Pods.class, method -> method.equals("runnableInformer") ? betweenTwoWatches : null);

        try (Watch<Pod> watch = new Watch<>("pods", pods, pod -> {})) {
            assertThat(watch.incompleteReason()).isEqualTo("pods: not listed yet");
            assertThatCode(watch::askWhy).doesNotThrowAnyException();
        }
    }

    private interface Answers {
        @Nullable
        Object of(String method);
    }

    private static <T> T stub(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.of(method.getName())));
    }
}
