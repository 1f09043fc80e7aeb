package io.weft.hub.clusters.internal;

import io.weft.hub.platform.ChangeRecorder;
import io.weft.hub.platform.Sql;
import io.weft.hub.platform.Statements;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogRecord;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.TenantId;
import java.sql.Connection;
import java.util.List;

/** A deleted Cluster resource takes its certificates, tokens and the bond to the real cluster with it, in one transaction. */
final class ClusterRemovals implements ChangeRecorder {
    private final RevocationWatch watch;

    ClusterRemovals(RevocationWatch watch) {
        this.watch = watch;
    }

    @Override
    public void record(Statements to, TenantId tenant, List<LogRecord> records) {
        for (LogRecord record : records) {
            if (record.entry() instanceof Changed changed) {
                for (ResourceKey key : changed.tombstones()) {
                    if (key.kind() == Kind.CLUSTER) remove(to.connection(), tenant, new ClusterName(key.name()));
                }
            }
        }
    }

    private void remove(Connection connection, TenantId tenant, ClusterName cluster) {
        EnrolmentSql sql = new EnrolmentSql(Sql.on(connection), tenant);
        sql.revoke(cluster, "the Cluster resource was deleted");
        sql.unbind(cluster);
        watch.lookSoon();
    }
}
