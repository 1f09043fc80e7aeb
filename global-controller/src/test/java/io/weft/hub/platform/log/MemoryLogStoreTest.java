package io.weft.hub.platform.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weft.hub.platform.StorageException;
import io.weft.policy.model.TenantId;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLogStoreTest extends LogStoreContract {
    private StoreFaults.Fault next = StoreFaults.Fault.NONE;
    private final MemoryLogStore memory = new MemoryLogStore("hub", InstantSource.system(), any -> next);

    @Override
    LogStore store() {
        return memory;
    }

    @Override
    List<Attachment.AuditEvent> audit(TenantId of) {
        return memory.audit(of);
    }

    @Test
    void aSimulatedFailureBeforeTheCommitStoresNothing() {
        next = StoreFaults.Fault.BEFORE_COMMIT;

        assertThatThrownBy(() -> store.append(tenant, List.of(Entries.change(store.head(tenant)))))
                .isInstanceOf(StorageException.class);
        assertThat(store.head(tenant).position()).isZero();
    }

    @Test
    void aSimulatedUnknownOutcomeStoresEverything() {
        next = StoreFaults.Fault.AFTER_COMMIT;

        assertThatThrownBy(() -> store.append(tenant, List.of(Entries.change(store.head(tenant)))))
                .isInstanceOf(StorageException.class);
        assertThat(store.head(tenant).position()).isEqualTo(2);
    }
}
