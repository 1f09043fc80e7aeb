package io.weft.hub.world;

import io.weft.hub.platform.log.LogStore;
import io.weft.hub.platform.log.StoreDecorator;

/** A store behind which the database is exchanged, as by a restore from backup. */
final class SwitchedStore extends StoreDecorator {
    SwitchedStore(LogStore first) {
        super(first);
    }

    void to(LogStore other) {
        lead(other);
    }
}
