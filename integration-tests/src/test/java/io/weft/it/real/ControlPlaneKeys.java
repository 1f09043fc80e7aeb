package io.weft.it.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;

/** The keys, certificates and tokens of one control plane, as files in its folder. */
record ControlPlaneKeys(String authority) {
    static final String ADMIN_TOKEN = "admin-token";
    private static final String CONTROLLERS_TOKEN = "controllers-token";
    private static final List<String> NAMES = List.of(
            "localhost",
            "kubernetes",
            "kubernetes.default",
            "kubernetes.default.svc",
            "kubernetes.default.svc.cluster.local");

    static ControlPlaneKeys write(Path folder, Place place) {
        CertificateAuthority authority = CertificateAuthority.root("CN=control-plane");
        List<String> addresses = List.of(place.address(), "127.0.0.1", "10.32.0.1");
        CertificateAuthority.Issued server = authority.server("CN=kube-apiserver", addresses, NAMES);
        KeyPair accounts = CertificateAuthority.newKeys("EC");
        write(folder.resolve("ca.crt"), authority.certificatePem());
        write(folder.resolve("server.crt"), server.certificate());
        write(folder.resolve("server.key"), server.key());
        write(folder.resolve("accounts.key"), CertificateAuthority.pem(accounts.getPrivate()));
        write(folder.resolve("accounts.pub"), CertificateAuthority.pem(accounts.getPublic()));
        // The controller-manager acts on everything: with the rights of its own name alone it cannot make accounts.
        write(folder.resolve("tokens.csv"), """
                %s,admin,uid-admin,"system:masters"
                %s,system:kube-controller-manager,uid-controllers,"system:masters"
                """.formatted(ADMIN_TOKEN, CONTROLLERS_TOKEN));
        String url = "https://" + place.address() + ":" + place.firstPort();
        write(folder.resolve("admin.kubeconfig"), kubeconfig(url, authority.certificatePem(), ADMIN_TOKEN));
        write(folder.resolve("controllers.kubeconfig"), kubeconfig(url, authority.certificatePem(), CONTROLLERS_TOKEN));
        return new ControlPlaneKeys(authority.certificatePem());
    }

    static String kubeconfig(String url, String authority, String token) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: cluster, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: user, user: {token: "%s"}}]
                contexts: [{name: context, context: {cluster: cluster, user: user}}]
                current-context: context
                """.formatted(
                        url, Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.US_ASCII)), token);
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
