package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.devnet.Quirk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Receipts of answers that were accepted without, or before anybody could check them. */
@Timeout(60)
class ReceiptLookupTest {
    @TempDir
    Path folder;

    private static OutboxMessage question(FolderContext context) {
        return context.outbox().all().stream()
                .filter(message -> message.topic().equals(ReceiptLookup.TOPIC))
                .findFirst()
                .orElseThrow();
    }

    private static void deliver(Network network) {
        try (OutboxHandler handler = new AitbcReceiptLookupFactory().create(network.context)) {
            network.context.outbox().deliver(handler);
        }
    }

    @Test
    void a_receipt_that_comes_late_is_checked_and_kept() throws Exception {
        try (Network network = new Network(folder)) {
            network.context.add(new ScriptedVerifier(true, AssuranceLevel.SIGNED));
            network.coordinator.signs = false;
            List<InferenceEvent> events = network.ask();
            assertThat(Network.job(events).assurance()).isEqualTo(AssuranceLevel.NONE);
            assertThat(network.payment().note()).contains("receipt not checked yet");
            assertThat(question(network.context).payload()).doesNotContain("Say hi", Answers.text(events));

            deliver(network);

            assertThat(network.payment().note()).contains("receipt r1-job1 checked afterwards: SIGNED");
            assertThat(question(network.context).state()).isEqualTo(OutboxMessage.State.DELIVERED);
        }
    }

    @Test
    void a_late_receipt_of_another_answer_is_a_conflict_and_overwrites_nothing() throws Exception {
        try (Network network = new Network(folder)) {
            network.context.add(new ScriptedVerifier(true, AssuranceLevel.SIGNED));
            network.coordinator.signs = false;
            String answer = Answers.text(network.ask());
            network.coordinator.with(network.coordinator.onlyJob(), job -> {
                job.receipts.clear();
                job.complete("miner-a", ScriptedJob.success("SECOND", "llama3.2:1b"));
            });

            deliver(network);

            assertThat(answer).isEqualTo("Hello there");
            assertThat(question(network.context).state()).isEqualTo(OutboxMessage.State.CONFLICT);
            assertThat(question(network.context).note()).contains("another answer");
            assertThat(network.payment().note()).startsWith("paid").contains("CONFLICT");
        }
    }

    @Test
    void a_late_receipt_with_a_wrong_signature_is_a_conflict() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.signs = false;
            network.ask();
            network.context.add(new ScriptedVerifier(false, AssuranceLevel.NONE));

            deliver(network);

            assertThat(question(network.context).state()).isEqualTo(OutboxMessage.State.CONFLICT);
            assertThat(network.payment().note()).contains("CONFLICT", "signature");
        }
    }

    @Test
    void a_receipt_that_nobody_could_check_is_checked_once_a_verifier_is_loaded() {
        try (DevnetNetwork network = new DevnetNetwork(folder, "trusted-receipt-keys", "")) {
            network.ask();
            network.context.outbox().deliver(network.receipts);
            assertThat(question(network.context).state()).isEqualTo(OutboxMessage.State.WAITING);
            assertThat(question(network.context).note()).contains("no verifier");

            network.withVerifier();
            network.context.outbox().deliver(network.receipts);

            assertThat(network.payment().note()).contains("checked afterwards: it is whole, and proves nothing");
        }
    }

    @Test
    void a_checked_receipt_is_not_asked_for_again() {
        try (DevnetNetwork network = new DevnetNetwork(folder).withVerifier()) {
            network.ask();

            assertThat(network.context.outbox().all())
                    .extracting(OutboxMessage::topic)
                    .containsExactly(PaymentLookup.TOPIC);
        }
    }

    @Test
    void a_coordinator_that_never_signs_is_believed_after_a_day() {
        try (DevnetNetwork network = new DevnetNetwork(folder).withVerifier()) {
            network.devnet.enable(Quirk.NO_SIGNING_KEY);
            network.ask();
            network.devnet.clock().advance(Duration.ofHours(23));
            network.context.outbox().deliver(network.receipts);
            assertThat(question(network.context).state()).isEqualTo(OutboxMessage.State.WAITING);

            network.devnet.clock().advance(Duration.ofHours(2));
            network.context.outbox().deliver(network.receipts);

            assertThat(network.payment().note()).contains("receipt not checked within a day", "signed no receipt");
        }
    }

    @Test
    void a_coordinator_that_is_away_is_asked_when_it_is_back() {
        try (DevnetNetwork network = new DevnetNetwork(folder).withVerifier()) {
            network.devnet.enable(Quirk.NO_SIGNING_KEY);
            network.ask();
            network.devnet.disable(Quirk.NO_SIGNING_KEY);
            network.devnet.enable(Quirk.CONNECTION_RESET);
            network.devnet.clock().advance(Duration.ofDays(3));

            network.context.outbox().deliver(network.receipts);

            assertThat(question(network.context).state()).isEqualTo(OutboxMessage.State.WAITING);
            network.devnet.disable(Quirk.CONNECTION_RESET);
            network.context.outbox().deliver(network.receipts);
            assertThat(question(network.context).state()).isEqualTo(OutboxMessage.State.DELIVERED);
        }
    }
}
