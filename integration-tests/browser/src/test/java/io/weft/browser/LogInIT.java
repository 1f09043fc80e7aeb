package io.weft.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Getting in. */
@InBrowser
class LogInIT {
    @Test
    void theAddressThatWasPrintedAnswers(Visits visits) {
        Visit visit = visits.stranger().withFaults();
        Response response = Objects.requireNonNull(visit.page().navigate("/readyz"));
        assertThat(response.status()).isEqualTo(200);
    }
}
