package io.weft.hub.audit.internal.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.audit.AuditRecord;
import io.weft.hub.audit.AuditTrail;
import io.weft.hub.audit.AuditTrail.Chain;
import io.weft.hub.audit.AuditTrail.Page;
import io.weft.hub.audit.AuditTrail.Verification;
import io.weft.hub.platform.web.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code chain} is {@code done} (if not given) or {@code refused}. */
@RestController
class AuditController {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Records(
            List<AuditRecord> items,
            @JsonProperty("continue") @Nullable String next) {}

    private final AuditTrail audit;

    AuditController(AuditTrail audit) {
        this.audit = audit;
    }

    @GetMapping("/api/v1/tenants/{tenant}/audit")
    Records records(
            TenantCaller caller,
            @RequestParam(defaultValue = "done") String chain,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "continue", required = false) @Nullable String before) {
        Page page = audit.records(
                caller,
                chain(chain),
                before == null ? Long.MAX_VALUE : PageRequest.number("continue", before),
                PageRequest.limit(limit));
        return new Records(page.records(), page.next() == null ? null : Long.toString(page.next()));
    }

    @GetMapping("/api/v1/tenants/{tenant}/audit/verification")
    Verification verify(TenantCaller caller, @RequestParam(defaultValue = "done") String chain) {
        return audit.verify(caller, chain(chain));
    }

    private static Chain chain(String text) {
        return switch (text) {
            case "done" -> Chain.DONE;
            case "refused" -> Chain.REFUSED;
            default -> throw PageRequest.wrong("chain", text, "done or refused", null);
        };
    }
}
