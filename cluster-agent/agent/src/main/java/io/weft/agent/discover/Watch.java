package io.weft.agent.discover;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
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
    private final SharedIndexInformer<T> informer;
    private final AtomicReference<String> failure = new AtomicReference<>("not listed yet");

    Watch(String what, Informable<T> list, Consumer<T> touched) {
        this.what = what;
        this.informer = list.runnableInformer(0);
        informer.exceptionHandler((started, thrown) -> {
            failure.set(String.valueOf(thrown.getMessage()));
            return true;
        });
        informer.addEventHandler(new Handler<>(touched));
    }

    void start() {
        informer.start();
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

    /** Empty when the list is whole and is being kept so. */
    String incompleteReason() {
        if (!informer.hasSynced()) return what + ": " + failure.get();
        return informer.isWatching() ? "" : what + ": the watch broke off and cannot be opened again";
    }

    boolean synced() {
        return informer.hasSynced();
    }

    @Override
    public void close() {
        informer.close();
    }
}
