package io.weft.it.real;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One cluster of a lab: its control plane, istiod and addresses. */
public final class MeshCluster implements AutoCloseable {
    private final ClusterSpec spec;
    private final Path folder;
    private final ControlPlane plane;
    private final Istiod istiod;
    private final String istiodAddress;
    private final String wanAddress;
    private final RealClusterBinaries binaries;
    private final CertificateAuthority root;

    MeshCluster(
            ClusterSpec spec,
            int index,
            LabSlot slot,
            LabNetwork network,
            RealClusterBinaries binaries,
            CertificateAuthority root) {
        this.spec = spec;
        this.folder = slot.folder().resolve(spec.name());
        this.binaries = binaries;
        this.root = root;
        this.istiodAddress = slot.clusterNet(index) + ".0.1";
        this.wanAddress = slot.wanAddress(10 + index);
        this.plane = ControlPlane.start(
                folder.resolve("plane"),
                binaries,
                new Place(network.hubEntrance(), slot.hubAddress(), 6443 + 10 * index));
        this.istiod = new Istiod(
                spec.name(),
                index,
                folder.resolve("istiod"),
                istiodAddress,
                network.hubEntrance(),
                binaries.meshbin(),
                plane.kubeconfig());
    }

    /** Definitions, base objects and a running istiod. */
    void install(String extensionProviders) {
        String meshConfig = MeshObjects.meshConfig(extensionProviders);
        plane.apply(read(binaries.istioDefinitions()));
        plane.apply(MeshObjects.base(spec, istiodAddress, meshConfig));
        plane.api()
                .patchStatus(
                        "/api/v1/namespaces/istio-system/pods/istiod-" + name(),
                        MeshObjects.status(istiodAddress, true, List.of("discovery")));
        istiod.writeConfiguration(root, meshConfig);
        istiod.start();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String name() {
        return spec.name();
    }

    public ClusterSpec spec() {
        return spec;
    }

    public ControlPlane plane() {
        return plane;
    }

    public ApiServer api() {
        return plane.api();
    }

    /** Fabric8's client, as administrator. */
    public KubernetesClient client() {
        return plane.client();
    }

    /** Where the API server is, from this JVM and from the lab's hub. */
    public String url() {
        return plane.url();
    }

    /** Strict server-side apply of all documents, in order. */
    public void apply(String yaml) {
        plane.apply(yaml);
    }

    public void delete(String yaml) {
        plane.delete(yaml);
    }

    public Istiod istiod() {
        return istiod;
    }

    /** Port 15014 there has the debug pages, for bearers of a token of istio-system with audience istio-ca. */
    public String istiodAddress() {
        return istiodAddress;
    }

    /** Where the gateways of other clusters find this one's, at port 15443. */
    public String gatewayAddress() {
        return wanAddress;
    }

    /** Replaces the mesh's extension providers, in flow style, while it runs. */
    public void extensionProviders(String yaml) {
        istiod.meshConfig(MeshObjects.meshConfig(yaml));
    }

    /** The certificate, as PEM, at the root of all identities in the lab. */
    public String rootCertificate() {
        return root.certificatePem();
    }

    /** The errors and warnings of {@code istioctl analyze -A}, each as {@code Error [IST0101] (kind name) words}. */
    public List<String> analyze() {
        Shell.Result result = Shell.run(List.of(
                binaries.meshbin(),
                "istioctl",
                "analyze",
                "-A",
                "--kubeconfig",
                plane.kubeconfig().toString()));
        String words = result.output() + result.errors();
        List<String> findings =
                words.lines().filter(line -> line.contains(" [IST")).toList();
        if (findings.isEmpty() && !words.contains("No validation issues found")) {
            throw new IllegalStateException("istioctl analyze: " + words);
        }
        return findings.stream().filter(line -> !line.startsWith("Info ")).toList();
    }

    /** {@code istioctl validate} of these documents; empty if they are valid. */
    public String validate(String yaml) {
        return validate(binaries, yaml);
    }

    /** As {@link #validate(String)}; it needs no cluster. */
    public static String validate(RealClusterBinaries binaries, String yaml) {
        Shell.Result result = Shell.run(List.of(binaries.meshbin(), "istioctl", "validate", "-f", "-"), yaml);
        return result.status() == 0 ? "" : result.output() + result.errors();
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        istiod.kill();
        plane.close();
    }
}
