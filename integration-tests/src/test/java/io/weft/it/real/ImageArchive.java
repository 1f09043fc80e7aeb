package io.weft.it.real;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A container image, unpacked: its files and the settings that a runtime takes from it.
 *
 * @param files the root of the file system that its layers make
 * @param environment {@code NAME=value}
 * @param user as the image names it, empty for root
 */
record ImageArchive(
        Path files,
        List<String> environment,
        List<String> entrypoint,
        List<String> command,
        String user,
        String workingDirectory) {

    /**
     * Unpacks an image into a folder.
     *
     * @param archive a tar or a directory, in Docker's layout ({@code manifest.json}, as Jib's buildTar makes it) or OCI's
     *     ({@code index.json})
     */
    static ImageArchive unpack(Path archive, Path folder) {
        Path parts = archive;
        if (!Files.isDirectory(archive)) {
            parts = folder.resolve("parts");
            Shell.script("mkdir -p '%1$s'; tar -xf '%2$s' -C '%1$s'".formatted(parts, archive));
        }
        Layout layout = Files.exists(parts.resolve("manifest.json")) ? docker(parts) : openContainers(parts);
        Path files = folder.resolve("files");
        for (Path layer : layout.layers()) {
            // A whiteout takes away what an earlier layer brought.
            Shell.script("""
                    mkdir -p '%1$s'
                    tar -xf '%2$s' -C '%1$s'
                    find '%1$s' -name '.wh.*' | while read -r mark; do
                      rm -rf "$(dirname "$mark")/$(basename "$mark" | cut -c5-)" "$mark"
                    done
                    """.formatted(files, layer));
        }
        return of(files, map(json(layout.config()), "config"));
    }

    private record Layout(Path config, List<Path> layers) {}

    private static Layout docker(Path parts) {
        List<?> manifests = Serialization.unmarshal(MeshCluster.read(parts.resolve("manifest.json")), List.class);
        Map<?, ?> manifest = (Map<?, ?>) manifests.getFirst();
        return new Layout(
                parts.resolve((String) required(manifest, "Config")),
                words(manifest, "Layers").stream().map(parts::resolve).toList());
    }

    private static Layout openContainers(Path parts) {
        List<?> manifests = (List<?>) required(json(parts.resolve("index.json")), "manifests");
        Map<?, ?> manifest = json(blob(parts, (Map<?, ?>) manifests.getFirst()));
        List<?> layers = (List<?>) required(manifest, "layers");
        return new Layout(
                blob(parts, map(manifest, "config")),
                layers.stream().map(layer -> blob(parts, (Map<?, ?>) layer)).toList());
    }

    private static Path blob(Path parts, Map<?, ?> descriptor) {
        return parts.resolve("blobs").resolve(((String) required(descriptor, "digest")).replace(':', '/'));
    }

    private static ImageArchive of(Path files, Map<?, ?> config) {
        return new ImageArchive(
                files,
                words(config, "Env"),
                words(config, "Entrypoint"),
                words(config, "Cmd"),
                text(config, "User", ""),
                text(config, "WorkingDir", "/"));
    }

    private static Map<?, ?> json(Path file) {
        return Serialization.unmarshal(MeshCluster.read(file), Map.class);
    }

    private static Object required(Map<?, ?> object, String field) {
        Object value = object.get(field);
        if (value == null) {
            throw new IllegalArgumentException(field + ": missing in " + object.keySet());
        }
        return value;
    }

    private static Map<?, ?> map(Map<?, ?> object, String field) {
        return object.get(field) instanceof Map<?, ?> value ? value : Map.of();
    }

    private static String text(Map<?, ?> object, String field, String otherwise) {
        @Nullable Object value = object.get(field);
        return value instanceof String text && !text.isEmpty() ? text : otherwise;
    }

    private static List<String> words(Map<?, ?> object, String field) {
        return object.get(field) instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.toList())
                : List.of();
    }
}
