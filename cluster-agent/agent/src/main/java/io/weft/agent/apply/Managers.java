package io.weft.agent.apply;

import tools.jackson.databind.JsonNode;

/** Who wrote to an object, as {@code metadata.managedFields} tells. */
final class Managers {
    private Managers() {}

    /** The one who wrote last and is not us; empty when there is none. */
    static String lastForeign(ObservedObject object) {
        String latest = "";
        String manager = "";
        for (JsonNode entry : object.json().path("metadata").path("managedFields")) {
            String name = entry.path("manager").asString("");
            String time = entry.path("time").asString(""); // RFC 3339 in UTC: sorts as text
            if (!name.equals(Ownership.WEFT) && time.compareTo(latest) >= 0) {
                latest = time;
                manager = name;
            }
        }
        return manager;
    }
}
