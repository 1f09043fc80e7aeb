package io.weft.hub.resources.internal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** JSON, or YAML for who asks for it: the same document. */
final class Rendering {
    private static final JsonMapper JSON = new JsonMapper();
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    private static final MediaType YAML_TYPE = MediaType.parseMediaType("application/yaml");

    private Rendering() {}

    static ResponseEntity<byte[]> answer(
            ResponseEntity.BodyBuilder answer, HttpServletRequest request, JsonNode document) {
        answer.header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        return wantsYaml(request)
                ? answer.contentType(YAML_TYPE).body(YAML.writeValueAsBytes(document))
                : answer.contentType(MediaType.APPLICATION_JSON).body(JSON.writeValueAsBytes(document));
    }

    static ResponseEntity<byte[]> answer(ResponseEntity.BodyBuilder answer, HttpServletRequest request, String json) {
        return answer(answer, request, JSON.readTree(json));
    }

    static String json(JsonNode document) {
        return JSON.writeValueAsString(document);
    }

    static JsonNode read(String json) {
        return JSON.readTree(json);
    }

    static JsonNode read(byte[] json) {
        return JSON.readTree(json);
    }

    static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    private static boolean wantsYaml(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept == null) return false;
        try {
            List<MediaType> types = MediaType.parseMediaTypes(accept);
            return !types.isEmpty()
                    && types.getFirst().isCompatibleWith(YAML_TYPE)
                    && !types.getFirst().isWildcardType();
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
