package io.weft.agent;

import io.weft.protocol.v1.KindHash;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.util.List;

/** What is observed of the cluster, as a session asks for it. */
public interface Inventory {
    /** Nothing is observed, and so it says. */
    Inventory NONE = new Inventory() {
        @Override
        public List<KindHash> hashes() {
            return List.of();
        }

        @Override
        public Listing list(ReportKind kind) {
            return new Listing(List.of(), "not observed");
        }
    };

    /** @param incompleteReason empty when these are all */
    record Listing(List<ReportItem> items, String incompleteReason) {
        public Listing {
            items = List.copyOf(items);
        }
    }

    /** A hash for each kind that is known completely now. */
    List<KindHash> hashes();

    Listing list(ReportKind kind);
}
