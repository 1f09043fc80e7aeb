package io.weft.hub.clusters.internal;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

final class JsonText {
    private static final JsonMapper JSON = new JsonMapper();

    private JsonText() {}

    static String object(String key, String value) {
        return JSON.writeValueAsString(Map.of(key, value));
    }
}
