package io.weft.hub.platform.web;

import io.weft.policy.validate.Violation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads bodies once, the same way for every endpoint. */
final class BodyReader implements HandlerMethodArgumentResolver {
    private static final int DEEPEST = 64;
    private static final int MOST_DOCUMENTS = 1_000;
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxNumberLength(100)
            .build();
    private static final JsonMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final YAMLMapper YAML = YAMLMapper.builder(
                    YAMLFactory.builder().streamReadConstraints(CONSTRAINTS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Body.class;
    }

    @Override
    public Body resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders)
            throws IOException {
        HttpServletRequest servlet = request.getNativeRequest(HttpServletRequest.class);
        if (servlet == null) throw new IllegalStateException("not a request of HTTP");
        boolean yaml = isYaml(servlet.getContentType());
        byte[] bytes = bytes(servlet);
        if (bytes.length == 0) return new Body(bytes, List.of());
        checkText(bytes);
        return new Body(bytes, yaml ? yaml(bytes) : json(bytes));
    }

    private static boolean isYaml(@Nullable String contentType) {
        try {
            MediaType type = contentType == null ? MediaType.APPLICATION_JSON : MediaType.parseMediaType(contentType);
            boolean utf8 = type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8);
            if (utf8) {
                switch (type.getType() + "/" + type.getSubtype()) {
                    case "application/json" -> {
                        return false;
                    }
                    case "application/yaml", "application/x-yaml", "text/yaml" -> {
                        return true;
                    }
                    default -> {} // refused below
                }
            }
        } catch (IllegalArgumentException e) {
            throw unsupported(contentType, e);
        }
        throw unsupported(contentType, null);
    }

    private static ProblemException unsupported(@Nullable String contentType, @Nullable Throwable cause) {
        String detail = "Content-Type: " + contentType + " (expected: application/json or application/yaml, in UTF-8)";
        return new ProblemException(Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, detail), Map.of(), cause);
    }

    private static byte[] bytes(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getContentLengthLong() > Body.LIMIT
                ? new byte[Body.LIMIT + 1]
                : request.getInputStream().readNBytes(Body.LIMIT + 1);
        if (bytes.length > Body.LIMIT) {
            throw new ProblemException(
                    HttpStatus.CONTENT_TOO_LARGE, "body: too large (expected: at most " + Body.LIMIT + " bytes)");
        }
        return bytes;
    }

    private static void checkText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw unreadable("not UTF-8", "text in UTF-8", e);
        }
    }

    private static List<JsonNode> json(byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            return node.isMissingNode() ? List.of() : List.of(node);
        } catch (JacksonException e) {
            throw unreadable(where(e), "JSON without repeated keys, at most " + DEEPEST + " deep", e);
        }
    }

    private static List<JsonNode> yaml(byte[] bytes) {
        checkYaml(bytes);
        List<JsonNode> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(bytes)) {
            while (all.hasNext()) {
                JsonNode next = all.next();
                if (next != null && !next.isNull() && !next.isMissingNode()) documents.add(next);
                if (documents.size() > MOST_DOCUMENTS)
                    throw unreadable("too many documents", "at most " + MOST_DOCUMENTS, null);
            }
        } catch (JacksonException e) {
            throw unreadable(where(e), "YAML without repeated keys, at most " + DEEPEST + " deep", e);
        }
        return documents;
    }

    /** Aliases can make a small text huge, and tags can name classes: neither has a place in a declaration. */
    private static void checkYaml(byte[] bytes) {
        try {
            int depth = 0;
            for (Event event :
                    new Parse(LoadSettings.builder().build()).parseString(new String(bytes, StandardCharsets.UTF_8))) {
                if (event instanceof AliasEvent
                        || event instanceof NodeEvent node && node.getAnchor().isPresent()) {
                    throw unreadable("an anchor or alias", "YAML without anchors and aliases", null);
                }
                switch (event.getEventId()) {
                    case MappingStart, SequenceStart -> depth++;
                    case MappingEnd, SequenceEnd -> depth--;
                    default -> {} // no change of depth
                }
                if (depth > DEEPEST) throw unreadable("nested too deep", "at most " + DEEPEST + " deep", null);
            }
        } catch (MarkedYamlEngineException e) {
            String at = e.getProblemMark()
                    .map(mark -> " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw unreadable(e.getProblem() + at, "YAML", e);
        } catch (YamlEngineException e) {
            throw unreadable("not YAML", "YAML", e);
        }
    }

    private static String where(JacksonException e) {
        var at = e.getLocation();
        return e.getOriginalMessage().lines().findFirst().orElse("not readable")
                + (at == null
                        ? ""
                        : String.format(Locale.ROOT, " at line %d, column %d", at.getLineNr(), at.getColumnNr()));
    }

    private static ProblemException unreadable(String message, String expected, @Nullable Throwable cause) {
        return ProblemException.unreadable(new Violation("", null, message, expected), cause);
    }

    static ObjectMapper yamlWriter() {
        return YAML;
    }
}
