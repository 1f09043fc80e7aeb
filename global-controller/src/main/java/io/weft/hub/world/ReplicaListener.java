package io.weft.hub.world;

import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import java.util.List;

/** Hears of a tenant's log in its order. Called by whoever replays, one at a time: it must be quick and must not block. */
public interface ReplicaListener {
    /** Records were replayed, without a gap since the last call; the image stands after the last of them. */
    void replayed(List<LogRecord> records, TenantImage after);

    /** The image was read anew: anything may be different. */
    void restarted(TenantImage image);
}
