package io.weft.agent.discover;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One informer that never gives up. Handlers only note that something is there to be looked at. What it holds stays when
 * the right to list is taken away, and {@link #incompleteReason} says so.
 */
final class Watch<T extends HasMetadata> implements AutoCloseable {
    private final String what;
    private final Listable<?> list;
    private final SharedIndexInformer<T> informer;
    private final AtomicReference<String> failure = new AtomicReference<>("not listed yet");

    <L extends Listable<?> & Informable<T>> Watch(String what, L list, Consumer<T> touched) {
        this.what = what;
        this.list = list;
        this.informer = list.runnableInformer(0);
        informer.exceptionHandler((started, thrown) -> {
            failure.set(reason(thrown));
            return true;
        });
        informer.addEventHandler(new Handler<>(touched));
    }

    void start() {
        informer.start();
    }

    /** In words that stay the same from try to try: each other reason is told to the hub. */
    private static String reason(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException refused && refused.getCode() > 0) {
                Status status = refused.getStatus();
                String said = status == null ? null : status.getMessage();
                return said == null ? "HTTP " + refused.getCode() : said;
            }
        }
        return "the API server does not answer";
    }

    private record Handler<T>(Consumer<T> touched) implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            touched.accept(object);
        }

        @Override
        public void onUpdate(T before, T now) {
            touched.accept(now);
        }

        @Override
        public void onDelete(T object, boolean finalStateUnknown) {
            touched.accept(object);
        }
    }

    List<T> all() {
        return informer.getStore().list();
    }

    List<T> in(String namespace) {
        return informer.getIndexer().byIndex(Cache.NAMESPACE_INDEX, namespace);
    }

    @Nullable
    T get(String namespace, String name) {
        return informer.getStore().getByKey(Cache.namespaceKeyFunc(namespace, name));
    }

    /** Empty when the list is whole and is being kept so; else what the API server said when it was asked last. */
    String incompleteReason() {
        if (!informer.hasSynced() || !watching()) return what + ": " + failure.get();
        failure.set("the watch broke off"); // until it is known why
        return "";
    }

    /** Asks the API server for the reason: a watch that was open once tells nobody why it cannot be opened again. Blocks. */
    void askWhy() {
        if (!informer.hasSynced() || watching()) return;
        try {
            var unused = list.list(new ListOptionsBuilder().withLimit(1L).build());
        } catch (KubernetesClientException e) {
            failure.set(reason(e));
        }
    }

    /** Fabric8 7.5.2 throws this in the moment in which a watch that broke off is not replaced yet. */
    private boolean watching() {
        try {
            return informer.isWatching();
        } catch (NullPointerException betweenTwoWatches) {
            return false;
        }
    }

    boolean synced() {
        return informer.hasSynced();
    }

    @Override
    public void close() {
        informer.close();
    }
}
