package io.weft.hub.resources.internal;

import io.weft.hub.platform.web.ProblemException;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.validate.Document;
import io.weft.policy.validate.ResourceReader;
import io.weft.policy.validate.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads documents, or throws the problem with all of them. */
public final class DocumentReader {
    private DocumentReader() {}

    /** The document that is put at an address. */
    public static Document.Read at(ResourceKey key, JsonNode document) {
        return switch (ResourceReader.read(key, document)) {
            case Document.Read read -> read;
            case Document.Refused refused -> throw ProblemException.unprocessable(refused.violations());
        };
    }

    /** Documents that say themselves what they are; the pointers of violations begin with a document's number, from 0. */
    public static List<Document.Read> all(List<JsonNode> documents) {
        List<Document.Read> all = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        Set<ResourceKey> keys = new HashSet<>();
        for (int i = 0; i < documents.size(); i++) {
            String at = "/" + i;
            switch (ResourceReader.read(documents.get(i))) {
                case Document.Read read -> {
                    all.add(read);
                    if (!keys.add(read.key())) {
                        violations.add(new Violation(at, null, "the second " + read.key(), "each resource once"));
                    }
                }
                case Document.Refused refused ->
                    refused.violations()
                            .forEach(v -> violations.add(
                                    new Violation(at + v.pointer(), v.value(), v.message(), v.expected())));
            }
        }
        if (documents.isEmpty()) violations.add(new Violation("", null, "nothing was sent", "at least one document"));
        if (!violations.isEmpty()) throw ProblemException.unprocessable(violations);
        return all;
    }
}
