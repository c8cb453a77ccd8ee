package io.aitbc.openclaw.bench.receipts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.bench.Rate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleReceiptTest {
    @ParameterizedTest
    @ValueSource(strings = {"recorded-small", "recorded-large", "recorded-with-proof", "long-answer"})
    void the_baseline_checks_the_signature_of_each_sample(String name) throws Exception {
        SampleReceipt.JdkCheck check = SampleReceipt.read(name).jdkCheck();
        assertThat(check.holds()).isTrue();
        check.signed()[5] ^= 1;
        assertThat(check.holds()).isFalse();
    }

    @Test
    void what_does_not_succeed_has_no_rate() {
        Rate rate = new Rate(Duration.ofMillis(1));
        assertThat(rate.perSecond(() -> true)).isPositive();
        assertThatThrownBy(() -> rate.perSecond(() -> false)).hasMessage("what is measured did not succeed");
    }
}
