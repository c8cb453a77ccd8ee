package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.devnet.Quirk;
import io.aitbc.openclaw.provider.coordinator.PaymentView;
import io.aitbc.openclaw.provider.ledger.Ledger;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments that the coordinator calls released, against the devnet's chain. */
@Timeout(60)
class PaymentLookupTest {
    private static final String UNKNOWN_HASH = "0x" + "ab".repeat(32);
    private static final String STRANGER = "0x2c581a028cedc657fd1b754ab9de4eaaf9c6ca5d";

    @TempDir
    Path folder;

    private DevnetNetwork network;
    private Devnet devnet;

    @BeforeEach
    void start() {
        network = new DevnetNetwork(folder).withVerifier();
        devnet = network.devnet;
    }

    @AfterEach
    void stop() {
        network.close();
    }

    private void deliver() {
        network.context.outbox().deliver(network.payments);
    }

    private OutboxMessage question() {
        return network.context.outbox().all().getLast();
    }

    /** A payment of the ledger that the network says was released by a transaction. */
    private void claim(String reference, Optional<String> payee, String coins, String hash) {
        Ledger ledger = Ledgers.open(network.context, AitbcSettings.of(network.context.config()));
        TokenAmount amount = TokenAmount.parse(coins, Rail.AITBC);
        ledger.reserve(reference, amount, payee, "request");
        PaymentChecks checks = new PaymentChecks(network.context.outbox(), true, network.context.clock());
        PaymentView view = new PaymentView(
                "pay1", Optional.of("job1"), Optional.of(new BigDecimal(coins)), "released", Optional.of(hash));
        ledger.settle(
                reference,
                amount,
                "paid",
                checks.begin(reference, view, amount, payee).verdict());
    }

    /** The transaction that paid the devnet's miner for the last job. */
    private String lastHash() {
        return PaymentQuestion.parse(question().payload()).orElseThrow().transaction();
    }

    private PaymentRecord record(String reference) {
        return network.account.history(100).stream()
                .filter(payment -> payment.reference().equals(reference))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_released_payment_is_found_on_the_chain() {
        JobRecord job = Answers.finished(network.ask()).job().orElseThrow();
        assertThat(job.notProven()).anySatisfy(line -> assertThat(line).contains("on the chain", "wallet history"));
        assertThat(network.payment().note()).contains("not looked up on the chain yet");

        deliver();

        assertThat(network.payment().note()).matches("paid; paid on the chain in block \\d+");
        assertThat(network.payment().state()).isEqualTo(State.SETTLED);
        assertThat(question().state()).isEqualTo(OutboxMessage.State.DELIVERED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Quirk.class,
            names = {"CHAIN_DOWN", "CHAIN_503"})
    void a_chain_that_is_away_for_days_is_asked_when_it_is_back(Quirk quirk) {
        network.ask();
        devnet.enable(quirk);
        for (int day = 3; day <= 30; day += 3) {
            devnet.clock().advance(Duration.ofDays(3));
            deliver();
        }
        assertThat(question().state()).isEqualTo(OutboxMessage.State.WAITING);
        assertThat(question().note()).contains("the chain was not asked");
        assertThat(network.payment().note()).contains("not looked up on the chain yet");

        devnet.disable(quirk);
        deliver();

        assertThat(network.payment().note()).contains("paid on the chain in block");
    }

    @Test
    void old_balances_of_the_node_do_not_matter() {
        devnet.enable(Quirk.ACCOUNT_CACHE);
        network.ask();

        deliver();

        assertThat(network.payment().note()).contains("paid on the chain in block");
    }

    @Test
    void a_look_up_that_is_repeated_after_a_crash_writes_the_same() {
        network.ask();
        OutboxMessage message = question();
        try (OutboxHandler other = new AitbcPaymentLookupFactory().create(network.context)) {
            String first = network.payments.deliver(message).toString();
            String note = network.payment().note();

            assertThat(other.deliver(message)).hasToString(first);
            assertThat(network.payment().note()).isEqualTo(note);
        }
    }

    @Test
    void a_release_without_a_transaction_is_unsettled_at_once() {
        devnet.enable(Quirk.RELEASE_WITHOUT_HASH);

        JobRecord job = Answers.finished(network.ask()).job().orElseThrow();

        assertThat(job.notProven()).anySatisfy(line -> assertThat(line).contains("no transaction is named"));
        assertThat(network.payment().note()).isEqualTo("paid; unsettled: no transaction is named");
        assertThat(network.context.outbox().all()).isEmpty();
        assertThat(network.account.spentToday()).as("counts as spent").isEqualTo(job.cost());
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "0xnothing", "0x12"})
    void what_is_no_hash_is_unsettled_at_once(String hash) {
        claim("oc-1", Optional.of(STRANGER), "0.02", hash);

        assertThat(record("oc-1").note()).contains("unsettled: what is named is no transaction");
        assertThat(network.context.outbox().all()).isEmpty();
    }

    @Test
    void a_transaction_nobody_knows_is_unsettled_after_a_day() {
        network.ask();
        claim("oc-1", Optional.of(STRANGER), "0.02", UNKNOWN_HASH);
        devnet.clock().advance(Duration.ofHours(23));
        network.ask();
        deliver();
        assertThat(record("oc-1").note()).as("may be mined yet").contains("not looked up on the chain yet");

        devnet.clock().advance(Duration.ofHours(2));
        deliver();

        assertThat(record("oc-1").note())
                .contains("unsettled: the chain does not know the transaction " + UNKNOWN_HASH);
        assertThat(record("oc-1").state()).isEqualTo(State.SETTLED);
    }

    @Test
    void a_node_whose_blocks_are_older_than_the_payment_is_given_a_week() {
        network.ask();
        devnet.clock().advance(Duration.ofMinutes(1));
        claim("oc-1", Optional.of(STRANGER), "0.02", UNKNOWN_HASH);
        devnet.clock().advance(Duration.ofDays(6));
        deliver();
        assertThat(record("oc-1").note()).contains("not looked up on the chain yet");

        devnet.clock().advance(Duration.ofDays(2));
        deliver();

        assertThat(record("oc-1").note()).contains("unsettled");
    }

    @Test
    void a_transaction_that_pays_somebody_else_is_unsettled() {
        network.ask();
        claim("oc-1", Optional.of(STRANGER), "0.02", lastHash());

        deliver();

        assertThat(record("oc-1").note()).contains("unsettled: the transaction pays", "not " + STRANGER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.01", "0.09"})
    void a_transaction_of_another_amount_is_unsettled(String coins) {
        network.ask();
        claim("oc-1", Optional.of(devnet.minerAddress()), coins, lastHash());

        deliver();

        assertThat(record("oc-1").note()).contains("unsettled: the transaction pays", "base units");
    }

    @Test
    void one_transaction_pays_one_job_also_in_another_spelling() {
        JobRecord job = Answers.finished(network.ask()).job().orElseThrow();
        String hash = lastHash();
        deliver();
        claim(
                "oc-1",
                Optional.of(devnet.minerAddress()),
                job.cost().coins().toPlainString(),
                "0X" + hash.substring(2).toUpperCase(java.util.Locale.ROOT));

        deliver();

        assertThat(record("oc-1").note()).contains("unsettled: the transaction was named for another payment before");
    }

    @Test
    void without_a_chain_the_record_says_so_and_nothing_waits(@TempDir Path other) {
        try (DevnetNetwork chainless = new DevnetNetwork(other, "chain-url", "").withVerifier()) {
            JobRecord job = Answers.finished(chainless.ask()).job().orElseThrow();

            assertThat(chainless.payment().note()).contains("not looked up on the chain: chain-url is not set");
            assertThat(job.notProven()).anySatisfy(line -> assertThat(line).contains("chain-url is not set"));
            assertThat(chainless.context.outbox().all()).isEmpty();
        }
    }

    @Test
    void the_verdict_is_there_after_a_restart() {
        network.ask();
        deliver();
        String note = network.payment().note();

        Ledger again = Ledgers.open(network.context, AitbcSettings.of(network.context.config()));

        assertThat(again.history(1)).extracting(PaymentRecord::note).isEqualTo(List.of(note));
    }
}
