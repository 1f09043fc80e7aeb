package io.weft.policy.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

class CanonicalTest {
    private static String canonical(String json) {
        return Canonical.text(JsonMapper.shared().readTree(json));
    }

    @Test
    void membersAreSortedByTheirUtf16UnitsAndWhiteSpaceGoes() {
        // The euro sign, a letter beyond the basic plane, a Hebrew letter: UTF-16 order is not code point order.
        assertThat(canonical("{ \"\\uFB33\": 1, \"\\uD83D\\uDE00\": 2, \"\\u20ac\": 3, \"b\": [ ], \"a\": { } }"))
                .isEqualTo("{\"a\":{},\"b\":[],\"\u20ac\":3,\"\uD83D\uDE00\":2,\"\uFB33\":1}");
    }

    @Test
    void textsAreEscapedNoMoreThanNeeded() {
        assertThat(canonical("\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\\\/\\u007f\\u00e9\""))
                .isEqualTo("\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\/\u007f\u00e9\"");
    }

    @Test
    void bytesAreUtf8() {
        assertThat(Canonical.bytes(JsonNodeFactory.instance.stringNode("\u20ac")))
                .isEqualTo("\"\u20ac\"".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "9007199254740992", "true", "false", "null"})
    void scalarsStayAsTheyAre(String json) {
        assertThat(canonical(json)).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e3", "9007199254740993", "123456789012345678901234567890"})
    void numbersWhoseFormDependsOnTheReaderAreRefused(String json) {
        assertThatThrownBy(() -> canonical(json)).hasMessageContaining("expected: a whole number of up to 53 bits");
    }

    @Test
    void halfACharacterIsRefusedRatherThanReplaced() {
        assertThatThrownBy(() -> canonical("\"\\ud800\"")).hasMessageContaining("expected: whole characters");
        assertThatThrownBy(() -> canonical("{\"x\\udc00\": 1}")).hasMessageContaining("expected: whole characters");
    }
}
