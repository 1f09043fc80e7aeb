package io.weft.policy.brake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.policy.brake.Brake.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrakeTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 3", "0, 0", "8, 4", "100, 50", "1000, 3"})
    void ordinaryLifeIsAllowed(int had, int removed) {
        assertThat(Brake.judge("services", had, removed)).isEqualTo(new Verdict.Allow());
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "7, 4", "100, 51", "2000000000, 1500000000"})
    void moreThanHalfAndMoreThanAFewIsHeld(int had, int removed) {
        assertThat(Brake.judge("services", had, removed)).isInstanceOf(Verdict.Hold.class);
    }

    @Test
    void theReasonSaysWhatAndHowMuch() {
        assertThat(Brake.judge("namespaces", 7, 4)).isEqualTo(new Verdict.Hold("4 of 7 namespaces would go at once"));
    }
}
