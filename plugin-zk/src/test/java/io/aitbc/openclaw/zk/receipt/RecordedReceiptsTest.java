package io.aitbc.openclaw.zk.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.JsonReader;
import io.aitbc.openclaw.zk.json.SlowCanonicalJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every receipt that was recorded at a real coordinator, and receipts signed the same way with other keys. */
class RecordedReceiptsTest {
    private static final Set<String> BOTH = Set.of(Resources.COORDINATOR_KEY, Resources.ATTESTATION_KEY);
    private static final TestingSigner OLD = TestingSigner.COORDINATOR;
    private static final TestingSigner NEW = new TestingSigner(0x33);
    private static final TestingSigner ATTESTER = new TestingSigner(0x44);

    private final ReceiptVerifier verifier = new ReceiptVerifier();

    @Test
    void every_recorded_receipt_verifies_and_is_attested() throws Exception {
        List<Json.Members> recorded = Resources.recordedReceipts();
        assertThat(recorded).hasSize(7);
        for (Json.Members receipt : recorded) {
            Verdict verdict = verify(SlowCanonicalJson.write(receipt), BOTH);
            assertThat(verdict.valid()).as(verdict.reason()).isTrue();
            assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.ATTESTED);
        }
    }

    @Test
    void our_own_signature_is_the_recorded_one() throws Exception {
        Json.Members receipt = (Json.Members) new JsonReader().read(Resources.receipt());
        assertThat(OLD.keyId()).isEqualTo(Resources.COORDINATOR_KEY);
        assertThat(OLD.signed(receipt)).contains("V_-WmmknahLpZfB_ubFHVNTfST0pKZuQRsJCsM94FQsyjEH3SWIAzEAXK9BKfoSL");
    }

    @Test
    void after_a_rotation_receipts_of_the_old_and_the_new_key_verify_while_both_are_trusted() throws Exception {
        Json.Members receipt = Resources.recordedReceipts().getFirst();
        Set<String> whileRotating = Set.of(OLD.keyId(), NEW.keyId());
        for (TestingSigner signer : List.of(OLD, NEW)) {
            Verdict verdict = verify(signer.signed(receipt), whileRotating);
            assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.SIGNED);
            assertThat(verdict.keyId()).contains(signer.keyId());
        }
        assertThat(verify(OLD.signed(receipt), Set.of(NEW.keyId())).assurance()).isEqualTo(AssuranceLevel.NONE);
    }

    @Test
    void only_another_trusted_key_attests() throws Exception {
        Json.Members receipt = Resources.recordedReceipts().getFirst();
        Set<String> trusted = Set.of(OLD.keyId(), ATTESTER.keyId());
        assertThat(verify(OLD.signed(receipt, ATTESTER), trusted).assurance()).isEqualTo(AssuranceLevel.ATTESTED);
        assertThat(verify(OLD.signed(receipt, NEW), trusted).assurance()).isEqualTo(AssuranceLevel.SIGNED);
        assertThat(verify(OLD.signed(receipt, OLD), trusted).assurance()).isEqualTo(AssuranceLevel.SIGNED);
        assertThat(verify(NEW.signed(receipt, ATTESTER), trusted).assurance()).isEqualTo(AssuranceLevel.NONE);
    }

    @Test
    void members_that_nobody_signs_never_change_the_level() throws Exception {
        List<String> forged = List.of(
                "\"zk_status\":\"verified\"",
                "\"zk_proof\":{\"public_signals\":[\"1\"]}",
                "\"tee_status\":\"verified\"",
                "\"tee_quote\":\"AAAA\"",
                "\"tee_attestation_id\":\"ta_1\"",
                "\"reinvest_status\":\"scheduled\"",
                "\"reinvest_stake_id\":\"s\"",
                "\"reinvest_amount\":1.5");
        Json.Members recorded = Resources.recordedReceipts().getFirst();
        Json.Members plain = new Json.Members(recorded.list().stream()
                .filter(member -> !member.name().endsWith("_status"))
                .toList());
        for (AssuranceLevel level : List.of(AssuranceLevel.NONE, AssuranceLevel.SIGNED, AssuranceLevel.ATTESTED)) {
            TestingSigner[] attesters =
                    level == AssuranceLevel.ATTESTED ? new TestingSigner[] {ATTESTER} : new TestingSigner[0];
            Set<String> trusted = level == AssuranceLevel.NONE ? Set.of() : Set.of(OLD.keyId(), ATTESTER.keyId());
            String signed = OLD.signed(plain, attesters);
            for (String member : forged) {
                Verdict verdict = verify("{" + member + "," + signed.substring(1), trusted);
                assertThat(verdict.valid()).isTrue();
                assertThat(verdict.assurance()).as(member).isEqualTo(level);
                String name = member.substring(1, member.indexOf('"', 1));
                assertThat(verdict.notProven()).contains("what stands in " + name + ": no signature covers it");
            }
        }
    }

    @Test
    void checking_again_gives_the_same_verdict_on_any_thread_and_instance() throws Exception {
        List<Json.Members> recorded = Resources.recordedReceipts();
        Set<Verdict> verdicts = new HashSet<>();
        for (Json.Members receipt : recorded) {
            verdicts.add(verify(SlowCanonicalJson.write(receipt), BOTH));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Set<Verdict>>> again = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                ReceiptVerifier other = i % 2 == 0 ? verifier : new ReceiptVerifier();
                again.add(threads.submit(() -> recorded.stream()
                        .map(receipt -> other.verify(evidence(SlowCanonicalJson.write(receipt), BOTH)))
                        .collect(Collectors.toSet())));
            }
            for (Future<Set<Verdict>> one : again) {
                assertThat(one.get()).isEqualTo(verdicts);
            }
        }
    }

    private Verdict verify(String receipt, Set<String> trusted) {
        return verifier.verify(evidence(receipt, trusted));
    }

    private static Evidence evidence(String receipt, Set<String> trusted) {
        return new Evidence(Evidence.AITBC_RECEIPT, receipt, trusted);
    }
}
