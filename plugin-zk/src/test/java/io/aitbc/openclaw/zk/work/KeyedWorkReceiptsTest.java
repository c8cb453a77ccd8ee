package io.aitbc.openclaw.zk.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.proof.Work;
import io.aitbc.openclaw.api.proof.WorkReceipts;
import io.aitbc.openclaw.api.proof.WorkVerdict;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.contract.WorkReceiptsContract;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyedWorkReceiptsTest extends WorkReceiptsContract {
    private static final HexFormat HEX = HexFormat.of();

    /** The subgroup's order. */
    private static final String ORDER = "060c89ce5c263405370a08b6d0302b0bab3eedb83920ee0a677297dc392126f1";

    @TempDir
    private Path folder;

    private int made;

    @Override
    protected WorkReceipts createReceipts() {
        return new KeyedWorkReceipts(folder.resolve("key-" + made++), new SecureRandom());
    }

    private static String replaced(String receipt, String member, String value) {
        return receipt.replaceFirst("\"%s\":\"[^\"]*\"".formatted(member), "\"%s\":\"%s\"".formatted(member, value));
    }

    private static String member(String receipt, String name) {
        return receipt.replaceFirst(".*\"%s\":\"([^\"]*)\".*".formatted(name), "$1");
    }

    private WorkVerdict refused(String document) {
        return refused(document, WORK);
    }

    @Test
    void key_lies_in_a_file_that_only_its_owner_reads_and_is_made_when_it_is_first_needed() throws Exception {
        Path file = folder.resolve("key");
        WorkReceipts first = new KeyedWorkReceipts(file, new SecureRandom());
        assertThat(file).doesNotExist();
        String key = first.keyId();
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(new KeyedWorkReceipts(file, new SecureRandom()).keyId()).isEqualTo(key);
        Files.writeString(file, "no key");
        WorkReceipts broken = new KeyedWorkReceipts(file, new SecureRandom());
        Failures.assertFails(ErrorCode.INTERNAL, () -> broken.sign(WORK));
        assertThat(broken.check(first.sign(WORK), WORK).receipt())
                .as("needs no key")
                .isPresent();
    }

    @Test
    void hashes_are_those_of_the_hosts_statements() throws Exception {
        byte[] prompt = WORK.prompt().getBytes("UTF-8");
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("openclaw-prompt-v1\nprompt 12\n".getBytes("US-ASCII"));
        String expected = HEX.formatHex(digest.digest(prompt));
        String receipt = receipts().sign(WORK);
        assertThat(member(receipt, "prompt_sha256")).isEqualTo(expected);
        assertThat(receipts().check(receipt, WORK).receipt().orElseThrow().promptSha256())
                .isEqualTo(expected);
    }

    @Test
    void two_receipts_of_the_same_work_have_nothing_in_common_that_would_give_the_price_away() {
        assertThat(member(receipts().sign(WORK), "nonce"))
                .isNotEqualTo(member(receipts().sign(WORK), "nonce"));
    }

    @Test
    void receipt_of_another_job_does_not_hold_under_this_ones_name() {
        String other = receipts().sign(WORK).replace("\"job-1\"", "\"job-2\"");
        assertThat(refused(other).reason()).isEqualTo("it is of another job");
        assertThat(refused(receipts().sign(WORK).replace("\"108\"", "\"107\"")).reason())
                .isEqualTo("its price is another one than was agreed on");
        String renamed = receipts()
                .sign(new Work("job-2", WORK.prompt(), WORK.output(), WORK.price()))
                .replace("\"job-2\"", "\"job-1\"");
        assertThat(refused(renamed).reason()).isEqualTo("its signature does not hold for the key it names");
    }

    @Test
    void key_under_which_anybody_could_sign_is_refused() {
        String receipt = receipts().sign(WORK);
        String neutral = "0".repeat(64) + "0".repeat(63) + "1";
        String orderTwo = "0".repeat(64) + "30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000";
        for (String key : List.of(neutral, orderTwo, "0".repeat(128))) {
            String forged = replaced(receipt, "key", key);
            assertThat(refused(forged).reason()).isEqualTo("its signature does not hold for the key it names");
        }
        // s B = R holds for the neutral key whatever was signed: R neutral, s zero.
        String free = replaced(replaced(receipt, "key", neutral), "signature", neutral + "0".repeat(64));
        assertThat(refused(free).reason()).isEqualTo("its signature does not hold for the key it names");
    }

    @Test
    void signature_and_numbers_have_one_spelling() {
        String receipt = receipts().sign(WORK);
        String signature = member(receipt, "signature");
        for (String other : List.of(
                replaced(receipt, "signature", signature + "00"),
                replaced(receipt, "signature", signature.substring(1)),
                replaced(receipt, "signature", signature.toUpperCase(Locale.ROOT)),
                replaced(receipt, "key", "f".repeat(128)),
                replaced(receipt, "price", "0108"),
                replaced(receipt, "price", "-108"),
                replaced(receipt, "price", "18446744073709551616"),
                replaced(receipt, "nonce", ""),
                receipt.replace("\"price\":\"108\"", "\"price\":108"),
                receipt.replace("{", "{\"more\":1,"))) {
            assertThat(refused(other).reason()).as(other).startsWith("it cannot be read");
        }
        String s = signature.substring(128);
        String beyond = "%064x".formatted(new BigInteger(s, 16).add(new BigInteger(ORDER, 16)));
        assertThat(refused(replaced(receipt, "signature", signature.substring(0, 128) + beyond))
                        .reason())
                .isEqualTo("its signature does not hold for the key it names");
    }

    @Test
    void secret_is_in_no_text() throws IOException {
        WorkReceipts subject = receipts();
        String receipt = subject.sign(WORK);
        String secret = Files.readString(folder.resolve("key-0")).strip();
        assertThat(receipt + subject + subject.check(receipt, WORK)).doesNotContain(secret);
    }
}
