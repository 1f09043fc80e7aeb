package io.weft.it.simulation;

import io.weft.agent.Inventory;
import io.weft.agent.apply.Claim;
import io.weft.agent.apply.ClusterObjects;
import io.weft.agent.apply.ObjectFailure;
import io.weft.agent.apply.ObjectType;
import io.weft.agent.apply.ObservedObject;
import io.weft.agent.memory.Memory;
import io.weft.agent.memory.StoredBundle;
import io.weft.hub.platform.log.LogStore;
import io.weft.hub.platform.log.Outcome;
import io.weft.hub.platform.log.Proposal;
import io.weft.hub.platform.log.StoreDecorator;
import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.image.Hash;
import io.weft.policy.image.LogCodec;
import io.weft.policy.image.LogEntry;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.LogRecord;
import io.weft.policy.model.TenantId;
import io.weft.protocol.Place;
import io.weft.protocol.SessionLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Bugs as they might be made, put around the shipped classes. Each must be found. */
final class PlantedBugs {
    private PlantedBugs() {}

    /**
     * An agent that does not remember its place, and a replica that answers with what it knew before it slept: the push of
     * an old bundle is not refused.
     */
    static Plants stalePush(long seed) {
        Random random = new Random(seed);
        return new Plants() {
            @Override
            Memory memory(Memory disk) {
                return new Memory() {
                    @Override
                    public StoredBundle load() throws IOException {
                        StoredBundle stored = disk.load();
                        return new StoredBundle(
                                Place.START,
                                stored.positionHash(),
                                stored.version(),
                                stored.objects(),
                                stored.contents());
                    }

                    @Override
                    public void save(StoredBundle bundle) throws IOException {
                        disk.save(bundle);
                    }
                };
            }

            @Override
            LogStore store(LogStore store) {
                return new StoreDecorator(store) {
                    private int stale;

                    @Override
                    public List<LogRecord> read(TenantId tenant, long afterPosition, int limit) {
                        if (stale == 0 && random.nextInt(30) == 0) stale = 40;
                        if (stale == 0) return super.read(tenant, afterPosition, limit);
                        stale--;
                        return List.of();
                    }
                };
            }
        };
    }

    /** What one cluster has come to answer is said to be logged, and is not. */
    static Plants lostAcknowledgement() {
        return rewriting(
                entry -> entry instanceof Acknowledged a && a.cluster().value().equals("north")
                        ? new Acknowledged(
                                a.cluster(),
                                a.epoch(),
                                new TreeSet<>(),
                                a.answersDropping(),
                                a.answersLost(),
                                a.callsGained(),
                                a.callsLost(),
                                a.refusals(),
                                a.refusalsCleared())
                        : entry);
    }

    /** An agent that may not list services says that there are none. */
    static Plants deletionFromAPartialView() {
        return new Plants() {
            @Override
            Inventory.Listing unlistable() {
                return new Inventory.Listing(List.of(), "");
            }
        };
    }

    /** An agent says that it applied what its gateway is to answer while that is still on its way. */
    static Plants sendBeforeReceive() {
        return new Plants() {
            @Override
            ClusterObjects objects(SimulatedCluster cluster, ClusterObjects objects, Host agent) {
                return new Hasty(objects, agent);
            }
        };
    }

    /** Which names a cluster calls is not logged, so the cluster that answers them does not know. */
    static Plants removalWhileStillCalled() {
        return rewriting(entry -> entry instanceof Acknowledged a
                ? new Acknowledged(
                        a.cluster(),
                        a.epoch(),
                        a.answersGained(),
                        a.answersDropping(),
                        a.answersLost(),
                        new TreeSet<>(),
                        a.callsLost(),
                        a.refusals(),
                        a.refusalsCleared())
                : entry);
    }

    /** Names count as soon as the objects are written, while the proxies still have the old ones. */
    static Plants countedOnBeforeTheMeshHasIt() {
        return new Plants() {
            @Override
            SessionLimits limits() {
                return super.limits().settling(Duration.ZERO);
            }
        };
    }

    private static Plants rewriting(UnaryOperator<LogEntry> change) {
        return new Plants() {
            @Override
            LogStore store(LogStore store) {
                return new StoreDecorator(store) {
                    @Override
                    public List<Outcome> append(TenantId tenant, List<Proposal> group) {
                        return super.append(
                                tenant,
                                group.stream()
                                        .map(p -> new Proposal(
                                                p.entries().stream().map(change).toList(),
                                                p.basedOn(),
                                                p.expectedRevision(),
                                                p.attachments()))
                                        .toList());
                    }
                };
            }
        };
    }

    /** A reader that takes positions from what it happens to see: a record that is not visible yet is skipped for ever. */
    static Plants readPastAGap(long seed) {
        Random random = new Random(seed);
        return new Plants() {
            @Override
            LogStore store(LogStore store) {
                return new StoreDecorator(store) {
                    @Override
                    public List<LogRecord> read(TenantId tenant, long afterPosition, int limit) {
                        List<LogRecord> all = super.read(tenant, afterPosition, limit);
                        if (all.size() < 2 || random.nextInt(10) > 0) return all;
                        List<LogRecord> seen = new ArrayList<>();
                        Hash parent = all.getFirst().parent();
                        for (LogRecord record : all.subList(1, all.size())) {
                            LogRecord next = LogCodec.seal(
                                    afterPosition + 1 + seen.size(), parent, record.time(), record.entry());
                            seen.add(next);
                            parent = next.hash();
                        }
                        return seen;
                    }
                };
            }
        };
    }

    /** Answers a write before it is done, and does it half a second later. */
    private record Hasty(ClusterObjects objects, Host agent) implements ClusterObjects {
        @Override
        public ObservedObject apply(ObjectKey key, ObjectNode json, @Nullable ObservedObject over)
                throws ObjectFailure {
            boolean receives = key.kind().equals("Gateway") || json.path("spec").has("workloadSelector");
            if (!receives || over != null) return objects.apply(key, json, over);
            ObjectNode later = json.deepCopy();
            agent.scheduler().after(Duration.ofMillis(500), agent, () -> {
                try {
                    if (objects.read(key).isEmpty()) objects.apply(key, later, null);
                } catch (ObjectFailure lost) {
                    agent.scheduler().after(Duration.ofMillis(500), agent, () -> {});
                }
            });
            return ObservedObject.of(json);
        }

        @Override
        public Optional<ObservedObject> seen(ObjectKey key) {
            return objects.seen(key);
        }

        @Override
        public Optional<ObservedObject> read(ObjectKey key) throws ObjectFailure {
            return objects.read(key);
        }

        @Override
        public List<ObservedObject> managed(ObjectType type) throws ObjectFailure {
            return objects.managed(type);
        }

        @Override
        public ObservedObject merge(ObservedObject over, ObjectNode patch) throws ObjectFailure {
            return objects.merge(over, patch);
        }

        @Override
        public void delete(ObservedObject observed) throws ObjectFailure {
            objects.delete(observed);
        }

        @Override
        public List<Claim> claims() {
            return objects.claims();
        }
    }
}
