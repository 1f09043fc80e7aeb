package io.weft.hub.resources.internal;

import io.weft.hub.platform.log.LogStore;
import io.weft.hub.platform.log.Outcome;
import io.weft.hub.platform.log.Proposal;
import io.weft.hub.resources.TenantImages;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.TenantId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Images read from the log alone, caught up when asked for. */
final class LogImages implements TenantImages {
    private static final int AT_ONCE = 1_000;

    private static final class Followed {
        volatile @Nullable TenantImage image;
    }

    private final LogStore logs;
    private final Map<TenantId, Followed> followed = new ConcurrentHashMap<>();

    LogImages(LogStore logs) {
        this.logs = logs;
    }

    @Override
    public TenantImage image(TenantId tenant) {
        Followed f = followed.computeIfAbsent(tenant, t -> new Followed());
        synchronized (f) {
            TenantImage image = f.image == null ? logs.load(tenant) : f.image;
            while (true) {
                List<LogRecord> records = logs.read(tenant, image.position(), AT_ONCE);
                for (LogRecord record : records) image = image.apply(record);
                f.image = image;
                if (records.isEmpty()) return image;
            }
        }
    }

    @Override
    public Outcome propose(TenantId tenant, Function<TenantImage, Proposal> decide) {
        while (true) {
            Outcome outcome =
                    logs.append(tenant, List.of(decide.apply(image(tenant)))).getFirst();
            if (!(outcome instanceof Outcome.Stale)) return outcome;
        }
    }
}
