package io.weft.hub.audit.internal;

import io.weft.hub.audit.AuditRecord;
import io.weft.hub.audit.AuditTrail.Chain;
import io.weft.policy.image.Hash;
import io.weft.policy.model.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** The hash of a record: SHA-256 over its fields, each with its length before it, and the parent's hash. */
final class ChainHash {
    private ChainHash() {}

    static Hash of(TenantId tenant, Chain chain, AuditRecord record) {
        MessageDigest digest = sha256();
        long micros = ChronoUnit.MICROS.between(java.time.Instant.EPOCH, record.at());
        for (String field : new String[] {
            tenant.value(),
            chain.name(),
            Long.toString(record.sequence()),
            Long.toString(micros),
            record.actor(),
            record.action(),
            record.target(),
            record.source(),
            record.request(),
            Long.toString(record.position()),
            Integer.toString(record.times()),
            record.detail(),
            record.parent().hex()
        }) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return new Hash(HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
