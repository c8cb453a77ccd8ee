package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import io.aitbc.openclaw.api.network.SpendingLimits;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.direct.DirectPayments;
import io.aitbc.openclaw.provider.direct.Escrows;
import io.aitbc.openclaw.provider.ledger.Entry;
import io.aitbc.openclaw.provider.ledger.Ledger;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a crash or an unreachable chain left behind, cleared up later. */
class DirectPaymentsTest {
    private static final String REFERENCE = DirectPayments.PREFIX + "1";
    private static final TokenAmount PRICE = TokenAmount.parse("0.02", Rail.AITBC);

    @TempDir
    Path folder;

    private final ScriptedEscrows escrows = new ScriptedEscrows();
    private Ledger ledger;
    private DirectPayments payments;

    @BeforeEach
    void reserve() {
        SpendingLimits limits =
                new SpendingLimits(TokenAmount.parse("1", Rail.AITBC), TokenAmount.parse("1", Rail.AITBC));
        ledger = Ledger.open(folder.resolve("spending.jsonl"), limits, InstantSource.system());
        ledger.reserve(REFERENCE, PRICE, "direct request");
        payments = new DirectPayments(ledger, escrows, _ -> {});
    }

    private Entry left(String note) {
        ledger.unknown(REFERENCE, note);
        return ledger.open().getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "ABSENT, no answer, RELEASED, ''",
        "OPEN, no answer, RELEASED, refund",
        "REFUNDED, no answer, RELEASED, ''",
        "RELEASED, no answer, SETTLED, ''",
        "OPEN, 'answer accepted, escrow not released yet', SETTLED, release",
        "RELEASED, 'answer accepted, escrow not released yet', SETTLED, ''",
        "ABSENT, 'answer accepted, escrow not released yet', RELEASED, ''"
    })
    void the_chain_decides_what_became_of_the_money(Escrows.State state, String note, State becomes, String call) {
        escrows.states.put(REFERENCE, state);
        if (state == Escrows.State.ABSENT) {
            escrows.states.clear();
        }

        payments.clear(left(note), new CallScope());

        assertThat(ledger.history(1).getFirst().state()).isEqualTo(becomes);
        assertThat(String.join(" ", escrows.calls)).isEqualTo(call);
    }

    @Test
    void while_the_chain_is_away_nothing_is_decided() {
        escrows.away = true;

        Failures.assertFails(ErrorCode.UNREACHABLE, () -> payments.clear(left("no answer"), new CallScope()));

        assertThat(ledger.history(1).getFirst().state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void only_payments_of_its_own_are_cleared() {
        ledger.reserve("oc-1", PRICE, "request");

        assertThat(ledger.open().stream().filter(DirectPayments::owns).map(Entry::reference))
                .containsExactly(REFERENCE);
    }
}
