package io.weft.bench;

import io.weft.policy.History;
import io.weft.policy.Samples;
import io.weft.policy.compile.CompiledCluster;
import io.weft.policy.compile.IncrementalCompiler;
import io.weft.policy.image.FactChange;
import io.weft.policy.image.Facts.NamespaceFact;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.LogEntry.Allocated;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Three clusters with the same services, 500 to a global namespace, each in two versions; every tenth has a route. What
 * the clusters answer and call is acknowledged, so bundles are whole.
 */
final class CompiledTenant {
    private static final int OF_ONE_NAMESPACE = 500;
    private static final List<ClusterName> CLUSTERS = List.of(Samples.EAST, Samples.WEST, Samples.NORTH);

    private final int services;
    private final History history = new History(Samples.TENANT);
    private final IncrementalCompiler compiler;
    private final List<TenantImage> images = new ArrayList<>();
    private int changes;

    CompiledTenant(int services) {
        this.services = services;
        for (ClusterName cluster : CLUSTERS) history.put(Samples.cluster(cluster, 1));
        if (services > 0) declare();
        compiler = new IncrementalCompiler(history.image());
        if (services > 0) acknowledge();
    }

    TenantImage image() {
        return history.image();
    }

    /** It knows the image as it was at first. */
    IncrementalCompiler compiler() {
        return compiler;
    }

    private void declare() {
        CLUSTERS.forEach(cluster -> history.observed(cluster, everything(cluster)));
        SortedMap<String, String> addresses = new TreeMap<>();
        for (int i = 0; i < services; i++) {
            addresses.put(service(i) + "." + domain(i), "240.0." + i / 250 + "." + (1 + i % 250));
        }
        for (int i = 0; i < services; i += OF_ONE_NAMESPACE) {
            history.put(Samples.globalNamespace(gns(i), domain(i), 1, Samples.named(namespace(i))));
        }
        history.append(new Allocated(addresses, new TreeMap<>()));
        for (int i = 0; i < services; i += 10) history.put(route(i, 50));
    }

    private FactChange everything(ClusterName cluster) {
        SortedMap<String, NamespaceFact> namespaces = new TreeMap<>();
        SortedMap<ServiceId, ServiceFact> all = new TreeMap<>();
        for (int i = 0; i < services; i++) {
            namespaces.put(namespace(i), new NamespaceFact(Samples.map()));
            all.put(new ServiceId(namespace(i), service(i)), Samples.service(service(i), "v1", "v2"));
        }
        return new FactChange(
                namespaces, new TreeSet<>(), all, new TreeSet<>(), Samples.gateway(cluster), Samples.istio(cluster));
    }

    /** First what each answers, then what each may call because of it. */
    private void acknowledge() {
        for (int round = 0; round < 2; round++) {
            for (ClusterName cluster : CLUSTERS) {
                CompiledCluster compiled = compiler.compile(cluster);
                LogRecord record = history.append(new Acknowledged(
                        cluster,
                        1,
                        compiled.answers(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        compiled.calls(),
                        new TreeSet<>(),
                        new TreeMap<>(),
                        new TreeSet<>()));
                compiler.advance(record, history.image());
            }
        }
        CLUSTERS.forEach(compiler::compile);
    }

    /** Written and released: the records, whose images {@link #imageAt} answers. */
    List<LogRecord> changeARoute() {
        int before = history.records().size();
        int index = ++changes * 10 % services;
        Resource route = route(index, 1 + changes % 98);
        images.clear();
        long revision = history.image().revision() + 1;
        TenantImage start = history.image();
        history.put(route);
        List<LogRecord> records =
                List.copyOf(history.records().subList(before, history.records().size()));
        TenantImage image = start;
        for (LogRecord record : records) {
            image = image.apply(record);
            images.add(image);
        }
        if (image.revision() != revision) throw new IllegalStateException("one change is one revision");
        return records;
    }

    TenantImage imageAt(LogRecord record) {
        return images.stream()
                .filter(image -> image.position() == record.position())
                .findFirst()
                .orElseThrow();
    }

    private static Resource route(int index, int weight) {
        return Samples.route(
                gns(index),
                service(index),
                service(index),
                1,
                Samples.version("v1", weight),
                Samples.version("v2", 100 - weight));
    }

    private static String service(int index) {
        return "s" + index;
    }

    private static GnsName gns(int index) {
        return new GnsName("g" + index / OF_ONE_NAMESPACE);
    }

    private static String domain(int index) {
        return "g" + index / OF_ONE_NAMESPACE + ".example";
    }

    private static String namespace(int index) {
        return "n" + index / OF_ONE_NAMESPACE;
    }
}
