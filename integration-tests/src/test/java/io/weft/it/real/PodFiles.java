package io.weft.it.real;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a pod reads from the cluster: the files of its volumes and the values that its environment refers to. */
final class PodFiles {
    private final ControlPlane plane;
    private final Pod pod;
    private final String namespace;
    private final String address;

    PodFiles(ControlPlane plane, Pod pod, String address) {
        this.plane = plane;
        this.pod = pod;
        this.address = address;
        this.namespace = pod.getMetadata().getNamespace();
    }

    /** @throws UnsupportedOperationException for a kind of volume that the stand-in does not know */
    void write(Volume volume, Path folder) {
        create(folder);
        if (volume.getSecret() != null) {
            write(
                    folder,
                    secret(
                            volume.getSecret().getSecretName(),
                            volume.getSecret().getOptional()),
                    volume.getSecret().getItems());
        } else if (volume.getConfigMap() != null) {
            write(
                    folder,
                    configMap(
                            volume.getConfigMap().getName(),
                            volume.getConfigMap().getOptional()),
                    volume.getConfigMap().getItems());
        } else if (volume.getProjected() != null) {
            volume.getProjected().getSources().forEach(source -> project(source, folder));
        } else if (volume.getEmptyDir() == null) {
            throw new UnsupportedOperationException(
                    "volume: " + volume.getName() + " (expected: secret, configMap, projected or emptyDir)");
        }
    }

    private void project(VolumeProjection source, Path folder) {
        if (source.getServiceAccountToken() != null) {
            write(folder.resolve(source.getServiceAccountToken().getPath()), token(source.getServiceAccountToken()));
        }
        if (source.getSecret() != null) {
            write(
                    folder,
                    secret(source.getSecret().getName(), source.getSecret().getOptional()),
                    source.getSecret().getItems());
        }
        if (source.getConfigMap() != null) {
            write(
                    folder,
                    configMap(
                            source.getConfigMap().getName(),
                            source.getConfigMap().getOptional()),
                    source.getConfigMap().getItems());
        }
        if (source.getDownwardAPI() != null) {
            source.getDownwardAPI()
                    .getItems()
                    .forEach(item -> write(
                            folder.resolve(item.getPath()),
                            field(item.getFieldRef().getFieldPath())));
        }
    }

    private String token(ServiceAccountTokenProjection wanted) {
        Duration validity = Duration.ofSeconds(Objects.requireNonNullElse(wanted.getExpirationSeconds(), 3600L));
        String account = pod.getSpec().getServiceAccountName();
        return wanted.getAudience() == null
                ? plane.token(namespace, account, validity)
                : plane.token(namespace, account, validity, wanted.getAudience());
    }

    /** The values of a Secret, decoded; only text is supported. */
    Map<String, String> secret(String name, @Nullable Boolean optional) {
        Secret secret =
                plane.client().secrets().inNamespace(namespace).withName(name).get();
        Map<String, String> decoded = new TreeMap<>();
        if (exists(secret, "Secret " + name, optional) && secret.getData() != null) {
            secret.getData().forEach((key, value) -> decoded.put(key, decode(value)));
        }
        return decoded;
    }

    private static String decode(String value) {
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    Map<String, String> configMap(String name, @Nullable Boolean optional) {
        ConfigMap map = plane.client()
                .configMaps()
                .inNamespace(namespace)
                .withName(name)
                .get();
        return exists(map, "ConfigMap " + name, optional) && map.getData() != null ? map.getData() : Map.of();
    }

    private static boolean exists(@Nullable Object object, String name, @Nullable Boolean optional) {
        if (object == null && !Boolean.TRUE.equals(optional)) {
            throw new IllegalStateException(name + " not found");
        }
        return object != null;
    }

    /** The value of a downward API field. */
    String field(String path) {
        return switch (path) {
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> namespace;
            case "metadata.uid" -> pod.getMetadata().getUid();
            case "spec.nodeName" -> KubeletStandIn.NODE;
            case "spec.serviceAccountName" -> pod.getSpec().getServiceAccountName();
            case "status.podIP", "status.hostIP" -> address;
            default -> throw new UnsupportedOperationException("fieldPath: " + path + " (expected: a name of the pod)");
        };
    }

    private static void write(Path folder, Map<String, String> values, List<KeyToPath> items) {
        if (items.isEmpty()) {
            values.forEach((key, value) -> write(folder.resolve(key), value));
        }
        items.forEach(item -> write(folder.resolve(item.getPath()), values.getOrDefault(item.getKey(), "")));
    }

    private static void write(Path file, String bytes) {
        create(Objects.requireNonNull(file.getParent()));
        try {
            Files.write(file, bytes.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
