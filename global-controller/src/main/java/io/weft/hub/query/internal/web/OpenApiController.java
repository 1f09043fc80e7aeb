package io.weft.hub.query.internal.web;

import io.weft.hub.query.internal.openapi.OpenApi;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The description of the interface, for everybody. */
@RestController
class OpenApiController {
    private final byte[] document = new JsonMapper().writeValueAsBytes(OpenApi.document("v1"));

    @GetMapping("/api/v1/openapi.json")
    ResponseEntity<byte[]> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }
}
