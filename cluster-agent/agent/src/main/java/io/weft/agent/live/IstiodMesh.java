package io.weft.agent.live;

import io.fabric8.kubernetes.api.model.Pod;
import io.weft.agent.apply.ObservedObject;
import io.weft.agent.apply.Ownership;
import io.weft.agent.observe.ClusterView;
import io.weft.agent.platform.KubernetesApi;
import io.weft.protocol.v1.ReportKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;

/** Every istiod of the cluster, by the debug pages of its monitoring port. */
final class IstiodMesh implements Mesh, AutoCloseable {
    private static final int PORT = 15014;
    private static final String SIMULATED = "weft.io/simulated";
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ClusterView view;
    private final Ownership ownership;
    private final String meshNamespace;
    private final MeshToken token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    IstiodMesh(KubernetesApi api, ClusterView view, Ownership ownership, String meshNamespace, InstantSource clock) {
        this.view = view;
        this.ownership = ownership;
        this.meshNamespace = meshNamespace;
        this.token = new MeshToken(api, meshNamespace, clock);
    }

    @Override
    public List<IstiodReading> read() throws UnreadableException {
        String unknown = view.incompleteReason(ReportKind.REPORT_KIND_MESH)
                + view.incompleteReason(ReportKind.REPORT_KIND_INSTANCE);
        if (!unknown.isEmpty()) throw new UnreadableException("pods: " + unknown + " (expected: a list of them)");
        List<Pod> istiods =
                view.controlPlanePods().stream().filter(IstiodMesh::running).toList();
        if (istiods.isEmpty()) throw new UnreadableException(none());
        String bearer = token.get();
        Map<String, Future<IstiodReading>> asked = new LinkedHashMap<>();
        for (Pod istiod : istiods) {
            Callable<IstiodReading> ask = () -> ask(istiod, bearer);
            asked.put(istiod.getMetadata().getName(), threads.submit(ask));
        }
        List<IstiodReading> readings = new ArrayList<>();
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (var each : asked.entrySet()) readings.add(await(each.getKey(), each.getValue(), until));
        } finally {
            asked.values().forEach(each -> each.cancel(true));
        }
        return readings;
    }

    /** A simulated cluster has the pods of a mesh and nothing that runs in them; it says so of itself. */
    private String none() {
        boolean simulated = view.controlPlanePods().stream()
                .map(pod -> pod.getMetadata().getLabels())
                .anyMatch(labels -> labels != null && "true".equals(labels.get(SIMULATED)));
        return simulated
                ? "no istiod answers: simulated cluster, no proxies run here (expected: an istiod in " + meshNamespace
                        + ")"
                : "istiod: none runs in " + meshNamespace + " (expected: at least one)";
    }

    private static IstiodReading await(String istiod, Future<IstiodReading> asked, long until)
            throws UnreadableException {
        try {
            return asked.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnreadableException unreadable) throw unreadable;
            throw new UnreadableException(istiod + ": " + e.getCause() + " (expected: its debug pages)", e);
        } catch (TimeoutException e) {
            throw new UnreadableException(
                    istiod + ": no answer (expected: one within " + PATIENCE.toSeconds() + " s)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableException(istiod + ": not asked any more", e);
        }
    }

    private static boolean running(Pod pod) {
        var status = pod.getStatus();
        return pod.getMetadata().getDeletionTimestamp() == null
                && status != null
                && "Running".equals(status.getPhase())
                && status.getPodIP() != null
                && !status.getPodIP().isEmpty();
    }

    /** First what it has, then what it sent: a push that is sent in between counts as one without. */
    private IstiodReading ask(Pod istiod, String bearer) throws UnreadableException, IOException {
        String name = istiod.getMetadata().getName();
        String address = istiod.getStatus().getPodIP();
        Map<ObjectName, ObservedObject> objects;
        List<Proxy> proxies;
        try {
            try (InputStream configuration = page(name, address, "/debug/configz", bearer)) {
                objects = IstiodReading.objects(configuration, ownership);
            }
            try (InputStream status = page(name, address, "/debug/syncz", bearer)) {
                proxies = IstiodReading.proxies(status);
            }
        } catch (JacksonException e) {
            throw new UnreadableException(name + ": an answer that is not understood (expected: a list as JSON)", e);
        }
        return new IstiodReading(name, istiod.getMetadata().getUid(), objects, proxies, updates(name, address, bearer));
    }

    /** One can do without, it only takes longer. */
    private double updates(String istiod, String address, String bearer) {
        try (BufferedReader metrics = lines(page(istiod, address, "/metrics", bearer))) {
            return IstiodReading.updates(metrics.lines());
        } catch (UnreadableException | IOException | UncheckedIOException e) {
            return IstiodReading.UNKNOWN;
        }
    }

    private static BufferedReader lines(InputStream text) {
        return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
    }

    private InputStream page(String istiod, String address, String page, String bearer)
            throws UnreadableException, IOException {
        String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + PORT + page))
                .header("Authorization", "Bearer " + bearer)
                .timeout(PATIENCE)
                .build();
        HttpResponse<InputStream> answer;
        try {
            answer = http.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (IOException e) {
            throw new UnreadableException(istiod + ": " + e + " (expected: an answer at port " + PORT + ")", e);
        }
        if (answer.statusCode() == 200) return answer.body();
        answer.body().close();
        token.drop();
        throw new UnreadableException(istiod + ": " + page + " answers " + answer.statusCode()
                + " (expected: 200 for a token of " + meshNamespace + "/" + MeshToken.ACCOUNT + ")");
    }

    @Override
    public List<MeshedPod> pods() {
        return view.namespaces().stream()
                .flatMap(namespace -> view.pods(namespace.getMetadata().getName()).stream())
                .flatMap(pod -> MeshedPod.of(pod).stream())
                .toList();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.shutdownNow();
    }
}
