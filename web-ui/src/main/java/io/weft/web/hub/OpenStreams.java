package io.weft.web.hub;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The streams of events that are open, by whose they are: who is logged out gets no more events. */
@Component
public class OpenStreams {
    private static final Logger LOG = LoggerFactory.getLogger(OpenStreams.class);

    private final Map<Object, Set<InputStream>> byOwner = new ConcurrentHashMap<>();

    /** Ends when its owner does. */
    public void opened(Object owner, InputStream stream) {
        byOwner.compute(owner, (same, streams) -> {
            Set<InputStream> all = streams == null ? ConcurrentHashMap.newKeySet() : streams;
            all.add(stream);
            return all;
        });
    }

    /** Ended by itself. */
    public void closed(Object owner, InputStream stream) {
        byOwner.computeIfPresent(owner, (same, streams) -> {
            streams.remove(stream);
            return streams.isEmpty() ? null : streams;
        });
    }

    /** Ends all of one owner's. */
    public void end(Object owner) {
        Set<InputStream> streams = byOwner.remove(owner);
        if (streams != null) streams.forEach(OpenStreams::close);
    }

    @EventListener(ContextClosedEvent.class)
    void endAll() {
        byOwner.keySet().forEach(this::end);
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.debug("a stream was closed: {}", e.getMessage());
        }
    }
}
