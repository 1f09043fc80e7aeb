package io.weft.policy.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.policy.bundle.BundleObject;
import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.model.ClusterName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Stories and what each cluster then has, as files to be read: {@code src/test/golden/<case>/input.yaml}, and a folder
 * per cluster with one file per object and {@code bundle.txt}. Written anew with {@code -Dgolden.update=true}; the
 * difference is the effect of a change.
 */
class GoldenTest {
    private static final Path ROOT = Path.of("src/test/golden");
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        try (Stream<Path> all = Files.list(ROOT)) {
            return all
                    .filter(Files::isDirectory)
                    .sorted()
                    .map(dir -> DynamicTest.dynamicTest(dir.getFileName().toString(), () -> check(dir)))
                    .toList()
                    .stream();
        }
    }

    private static void check(Path dir) throws IOException {
        GoldenCase golden = new GoldenCase(YAML.readTree(Files.readString(dir.resolve("input.yaml"))));
        Map<String, String> actual = new TreeMap<>();
        for (ClusterName cluster : golden.clusters()) {
            CompiledCluster compiled = golden.compiled(cluster);
            assertThat(ScratchCompiler.compile(golden.image(), cluster).bundle().version())
                    .isEqualTo(compiled.bundle().version());
            for (BundleObject object : compiled.bundle().objects()) {
                JsonNode tree = JsonMapper.shared().readTree(object.canonical());
                actual.put(cluster + "/" + file(object), "# " + object.layer() + "\n" + YAML.writeValueAsString(tree));
            }
            actual.put(cluster + "/bundle.txt", summary(compiled));
        }
        if (Boolean.getBoolean("golden.update")) {
            write(dir, actual);
        } else {
            assertThat(read(dir)).isEqualTo(actual);
        }
    }

    private static String file(BundleObject object) {
        ObjectKey key = object.key();
        return object.rank() + "-" + key.kind().toLowerCase(Locale.ROOT) + "-" + key.namespace() + "-" + key.name()
                + ".yaml";
    }

    private static String summary(CompiledCluster compiled) {
        StringBuilder text = new StringBuilder();
        text.append("version ").append(compiled.bundle().version()).append('\n');
        compiled.answers().forEach(name -> text.append("answers ").append(name).append('\n'));
        compiled.calls().forEach(call -> text.append("calls ").append(call).append('\n'));
        compiled.findings()
                .forEach(f -> text.append(f.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                        .append(' ')
                        .append(f.resource())
                        .append(' ')
                        .append(f.reason())
                        .append(": ")
                        .append(f.message())
                        .append('\n'));
        return text.toString();
    }

    private static Map<String, String> read(Path dir) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(dir)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = dir.relativize(file).toString();
                if (!name.equals("input.yaml")) files.put(name, Files.readString(file));
            }
        }
        return files;
    }

    private static void write(Path dir, Map<String, String> files) throws IOException {
        for (String old : read(dir).keySet()) Files.delete(dir.resolve(old));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = dir.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
