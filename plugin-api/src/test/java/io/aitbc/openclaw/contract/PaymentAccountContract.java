package io.aitbc.openclaw.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link PaymentAccount} does. */
public abstract class PaymentAccountContract {
    private PaymentAccount account;

    /** An account that today settled at least one payment and released at least one, and has none from other days; the contract closes it. */
    protected abstract PaymentAccount createUsedAccount();

    @BeforeEach
    void createSubject() {
        account = createUsedAccount();
    }

    @AfterEach
    void closeSubject() {
        account.close();
    }

    @Test
    void contract_id_is_a_lower_case_name() {
        assertThat(account.id()).matches("[a-z][a-z0-9-]*");
    }

    @Test
    void contract_everything_is_on_one_rail() {
        assertThat(account.limits().perJob().rail()).isEqualTo(account.rail());
        assertThat(account.limits().perDay().rail()).isEqualTo(account.rail());
        assertThat(account.spentToday().rail()).isEqualTo(account.rail());
        assertThat(account.history(1000))
                .isNotEmpty()
                .allMatch(payment -> payment.amount().rail() == account.rail());
    }

    @Test
    void contract_limits_hold() {
        assertThat(account.spentToday()).isLessThanOrEqualTo(account.limits().perDay());
        assertThat(account.history(1000))
                .allMatch(payment -> payment.amount().compareTo(account.limits().perJob()) <= 0);
    }

    @Test
    void contract_what_is_not_released_counts_as_spent() {
        TokenAmount expected = TokenAmount.zero(account.rail());
        for (PaymentRecord payment : account.history(1000)) {
            if (payment.state() != PaymentRecord.State.RELEASED) {
                expected = expected.plus(payment.amount());
            }
        }
        assertThat(account.spentToday()).isEqualTo(expected);
    }

    @Test
    void contract_history_shows_settled_and_released_payments() {
        assertThat(account.history(1000))
                .extracting(PaymentRecord::state)
                .contains(PaymentRecord.State.SETTLED, PaymentRecord.State.RELEASED);
    }

    @Test
    void contract_nothing_is_missing_among_all_payments() {
        assertThat(account.all())
                .containsExactlyInAnyOrderElementsOf(account.history(1000))
                .extracting(PaymentRecord::reference)
                .doesNotHaveDuplicates();
    }

    @Test
    void contract_history_is_newest_first_and_limited() {
        List<PaymentRecord> history = account.history(1000);
        assertThat(history).extracting(PaymentRecord::reference).doesNotHaveDuplicates();
        assertThat(history).extracting(PaymentRecord::updatedAt).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(account.history(1)).containsExactly(history.getFirst());
    }
}
