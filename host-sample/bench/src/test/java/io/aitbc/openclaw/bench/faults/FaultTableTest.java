package io.aitbc.openclaw.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultTableTest {
    @Test
    void documentation_has_the_very_table_that_is_played() throws Exception {
        String page = Files.readString(Path.of("../../docs/faults.md"));
        assertThat(page).contains(FaultPlayer.table());
    }

    @Test
    void table_has_more_than_twenty_faults_with_names_of_their_own() {
        List<String> ids = FaultPlayer.table().lines().skip(2).toList();
        assertThat(ids).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    }

    @Test
    void whole_answer_needs_done_the_right_text_and_the_right_provider() {
        Outcome outcome = new Outcome.Answered("ollama");
        String right = "Hello! How can I help?";
        assertThat(outcome.matches(reply(200, right, true, "", "ollama"))).isTrue();
        assertThat(outcome.matches(reply(200, right, false, "", "ollama"))).isFalse();
        assertThat(outcome.matches(reply(200, "Hello!", true, "", "ollama"))).isFalse();
        assertThat(outcome.matches(reply(200, right, true, "", "aitbc"))).isFalse();
        assertThat(outcome.matches(reply(200, right, true, "late error", "ollama")))
                .isFalse();
    }

    @Test
    void broken_answer_that_is_called_done_is_never_right() {
        assertThat(new Outcome.CutOff("gone").matches(reply(200, "Hel", false, "it is gone", "")))
                .isTrue();
        assertThat(new Outcome.CutOff("gone").matches(reply(200, "Hel", true, "it is gone", "")))
                .isFalse();
        assertThat(new Outcome.CutOff("gone").matches(reply(200, "Hel", false, "", "")))
                .isFalse();
        assertThat(new Outcome.Refused(502, "gone").matches(reply(502, "", false, "it is gone", "")))
                .isTrue();
        assertThat(new Outcome.Refused(502, "gone").matches(reply(500, "", false, "it is gone", "")))
                .isFalse();
    }

    @Test
    void money_is_never_paid_twice_or_left_in_between() {
        assertThat(Money.PAID_ONCE.matches(payments(PaymentRecord.State.SETTLED)))
                .isTrue();
        assertThat(Money.PAID_ONCE.matches(payments(PaymentRecord.State.SETTLED, PaymentRecord.State.SETTLED)))
                .isFalse();
        assertThat(Money.PAID_ONCE.matches(payments(PaymentRecord.State.SETTLED, PaymentRecord.State.UNKNOWN)))
                .isFalse();
        assertThat(Money.NONE.matches(payments(PaymentRecord.State.RESERVED))).isFalse();
        assertThat(Money.NONE.matches(payments())).isTrue();
        assertThat(Money.RETURNED.matches(payments())).isFalse();
        assertThat(Money.RETURNED.matches(payments(PaymentRecord.State.RELEASED)))
                .isTrue();
        assertThat(Money.COUNTED.matches(payments(PaymentRecord.State.RELEASED)))
                .isFalse();
    }

    private static Reply reply(int status, String text, boolean done, String error, String provider) {
        return new Reply(status, text, done, error, provider, Duration.ZERO, false);
    }

    private static List<PaymentRecord> payments(PaymentRecord.State... states) {
        return Arrays.stream(states)
                .map(state -> new PaymentRecord(
                        "reference", Optional.empty(), TokenAmount.of(1, Rail.AITBC), state, Instant.EPOCH, ""))
                .toList();
    }
}
