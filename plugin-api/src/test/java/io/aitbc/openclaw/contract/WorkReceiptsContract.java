package io.aitbc.openclaw.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.proof.Work;
import io.aitbc.openclaw.api.proof.WorkReceipt;
import io.aitbc.openclaw.api.proof.WorkReceipts;
import io.aitbc.openclaw.api.proof.WorkVerdict;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all {@link WorkReceipts} do. */
public abstract class WorkReceiptsContract {
    protected static final Work WORK =
            new Work("job-1", "Say h\u00ef \uD83D\uDE00", "Good day", TokenAmount.of(108, Rail.AITBC));

    private WorkReceipts receipts;

    /** New ones with a key of their own; the contract closes them. */
    protected abstract WorkReceipts createReceipts();

    @BeforeEach
    void createSubject() {
        receipts = createReceipts();
    }

    @AfterEach
    void closeSubject() {
        receipts.close();
    }

    protected final WorkReceipts receipts() {
        return receipts;
    }

    @Test
    void contract_key_is_64_hexadecimal_digits_and_stays_the_same() {
        assertThat(receipts.id()).matches("[a-z][a-z0-9-]*");
        assertThat(receipts.keyId()).matches("[0-9a-f]{64}").isEqualTo(receipts.keyId());
    }

    @Test
    void contract_receipt_of_the_work_holds_and_names_who_signed() {
        String signed = receipts.sign(WORK);
        assertThat(signed)
                .hasSizeLessThanOrEqualTo(WorkReceipts.LONGEST)
                .doesNotContain("\n", WORK.prompt(), WORK.output());
        try (WorkReceipts other = createReceipts()) {
            WorkVerdict verdict = other.check(signed, WORK);
            assertThat(verdict.receipt()).as(verdict.reason()).isPresent();
            WorkReceipt receipt = verdict.receipt().orElseThrow();
            assertThat(receipt.json()).isEqualTo(signed);
            assertThat(receipt.keyId()).isEqualTo(receipts.keyId());
            assertThat(receipt.outputSha256())
                    .as("sha256sum of 'Good day'")
                    .isEqualTo("368c062b4f03c1f469b2015740f0fa91622454a042cc552fac3f1a458d9c4dc7");
            assertThat(receipt.toString()).doesNotContain("108");
        }
        assertThat(WORK.toString()).doesNotContain("Good day");
    }

    @Test
    void contract_receipt_of_other_work_is_refused_with_a_reason() {
        String signed = receipts.sign(WORK);
        for (Work other : List.of(
                new Work("job-2", WORK.prompt(), WORK.output(), WORK.price()),
                new Work(WORK.jobId(), "Say hi", WORK.output(), WORK.price()),
                new Work(WORK.jobId(), WORK.prompt(), "Good day ", WORK.price()),
                new Work(WORK.jobId(), WORK.prompt(), WORK.output(), TokenAmount.of(107, Rail.AITBC)))) {
            refused(signed, other);
        }
    }

    @Test
    void contract_no_document_makes_it_throw() {
        for (String document : List.of("", " ", "{}", "[]", "null", "7", "\"", "\u0000", "[".repeat(2000))) {
            refused(document, WORK);
        }
        refused(receipts.sign(WORK) + " ".repeat(WorkReceipts.LONGEST), WORK);
    }

    @Test
    void contract_receipts_changed_anywhere_do_not_hold() {
        String whole = receipts.sign(WORK);
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            int at = random.nextInt(whole.length());
            refused(whole.substring(0, at), WORK);
            char other = whole.charAt(at) == '1' ? '2' : '1';
            refused(whole.substring(0, at) + other + whole.substring(at + 1), WORK);
        }
    }

    @Test
    void contract_price_that_no_receipt_can_hold_is_refused() {
        TokenAmount large = new TokenAmount(BigInteger.TWO.pow(64), Rail.AITBC);
        Failures.assertFails(
                ErrorCode.INVALID_REQUEST,
                () -> receipts.sign(new Work(WORK.jobId(), WORK.prompt(), WORK.output(), large)));
    }

    protected final WorkVerdict refused(String document, Work work) {
        WorkVerdict verdict = receipts.check(document, work);
        assertThat(verdict.receipt()).as(document).isEmpty();
        assertThat(verdict.reason()).isNotBlank().doesNotContain("\n");
        return verdict;
    }
}
