package io.weft.fleet.cluster;

import io.weft.fleet.cluster.StoredObject.Id;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the objects of a cluster outlive the process: one small file each, written beside and renamed, before the write is
 * answered. Secrets are forced to the disk: a join token can be used only once. Leases are not kept.
 */
final class Disk {
    private static final String UNFINISHED = ".new";

    private final @Nullable Path folder;

    private Disk(@Nullable Path folder) {
        this.folder = folder;
    }

    /** Nothing is kept. */
    static Disk none() {
        return new Disk(null);
    }

    static Disk in(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Disk(folder);
    }

    List<StoredObject> load() {
        if (folder == null) return List.of();
        List<StoredObject> objects = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith(UNFINISHED)) Files.delete(file);
                else read(file).ifPresent(objects::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return objects;
    }

    /** One that cannot be read, or is of a kind that is no more, is left out: the cluster is only a simulated one. */
    private static Optional<StoredObject> read(Path file) throws IOException {
        try {
            JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(file));
            if (!(json instanceof ObjectNode object)) return Optional.empty();
            JsonNode metadata = object.path("metadata");
            return ResourceKinds.ofKind(
                            object.path("apiVersion").asString(""),
                            object.path("kind").asString(""))
                    .map(kind -> StoredObject.of(
                            new Id(
                                    kind,
                                    metadata.path("namespace").asString(""),
                                    metadata.path("name").asString("")),
                            metadata.path("resourceVersion").asLong(0),
                            object));
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }

    void written(StoredObject object) {
        if (folder == null || forgets(object.id())) return;
        Path file = file(folder, object.id());
        Path fresh = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            write(fresh, object.whole(), object.id().kind().kind().equals("Secret"));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the cluster's folder cannot be written: " + e.getMessage(), e);
        }
    }

    private static void write(Path file, byte[] bytes, boolean forced) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) channel.write(buffer);
            if (forced) channel.force(true);
        }
    }

    void deleted(Id id) {
        if (folder == null || forgets(id)) return;
        try {
            Files.deleteIfExists(file(folder, id));
        } catch (IOException e) {
            throw new UncheckedIOException("the cluster's folder cannot be written: " + e.getMessage(), e);
        }
    }

    private static boolean forgets(Id id) {
        return id.kind().kind().equals("Lease");
    }

    /** Names of Kubernetes have no character that a file's name must not have, but for the colon of some roles. */
    private static Path file(Path folder, Id id) {
        String name =
                id.kind().plural() + "~" + id.namespace() + "~" + id.name().replace(':', '+');
        return folder.resolve(name + ".json");
    }
}
