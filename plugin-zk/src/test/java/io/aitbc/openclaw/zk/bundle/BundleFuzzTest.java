package io.aitbc.openclaw.zk.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.BundleVerdict;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.chain.TestingChain;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.JsonEdits;
import io.aitbc.openclaw.zk.json.JsonReader;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.json.RandomJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes as a bundle gets a verdict, and no changed one gets a good one; with the profile {@code soak} ten times as much. */
class BundleFuzzTest {
    private static final int DOCUMENTS = Boolean.getBoolean("openclaw.soak") ? 15_000 : 1_500;

    @TempDir
    private Path folder;

    private ProofChain chain;
    private BundlePolicy policy;
    private Json.Members bundle;

    @BeforeEach
    void makeBundle() {
        chain = TestingChain.in(folder);
        assertThat(chain.append(TestingChain.network("req-0", "job-0", Optional.empty()))
                        .index())
                .isZero();
        policy = TestingChain.trusting(chain.head().keyId())
                .withKeptCheckpoint(chain.head().checkpoint());
        String receipt = Resources.text("receipt-with-zk-proof.json");
        assertThat(chain.append(TestingChain.network(
                                "req-1", "73d3e9b391d74d7580cec8df72c5ea42", Optional.of(receipt), TestingChain.OK))
                        .index())
                .isEqualTo(1);
        bundle = JsonEdits.read(chain.bundle("req-1", OptionalLong.of(1)).orElseThrow());
        assertThat(chain.verify(JsonEdits.text(bundle), policy).valid()).isTrue();
    }

    @AfterEach
    void closeChain() {
        chain.close();
    }

    @Test
    void documents_with_foreign_values_in_any_place() {
        Random random = new Random(20261125);
        for (int i = 0; i < DOCUMENTS; i++) {
            Json.Members changed = bundle;
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                changed = (Json.Members) changed(changed, random, 0);
            }
            if (!changed.equals(bundle)) {
                assertRefused(JsonEdits.text(changed));
            }
        }
    }

    /** Walks down a random way, and puts something else at its end. */
    private static Json changed(Json value, Random random, int depth) {
        boolean deeper = depth == 0 || random.nextInt(4) > 0;
        return switch (value) {
            case Json.Members members
            when deeper && !members.list().isEmpty() -> {
                Json.Member member =
                        members.list().get(random.nextInt(members.list().size()));
                yield switch (depth == 0 ? random.nextInt(6) : random.nextInt(8)) {
                    case 0 -> JsonEdits.without(members, member.name());
                    case 1 -> JsonEdits.with(members, member.name() + "x", member.value());
                    default -> JsonEdits.with(members, member.name(), changed(member.value(), random, depth + 1));
                };
            }
            case Json.Items items
            when deeper && !items.list().isEmpty() -> {
                int at = random.nextInt(items.list().size());
                yield random.nextInt(6) == 0
                        ? JsonEdits.without(items, at)
                        : JsonEdits.with(items, at, changed(items.list().get(at), random, depth + 1));
            }
            case Json.Text text when random.nextBoolean() -> new Json.Text(changed(text.value(), random));
            default -> RandomJson.value(random, 1);
        };
    }

    private static String changed(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int end = at + random.nextInt(text.length() + 1 - at);
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + (char) random.nextInt(0x300) + text.substring(at);
            case 2 -> text.substring(0, at) + text.substring(end);
            default -> text.substring(0, end) + text.substring(at);
        };
    }

    @Test
    void bytes_changed_cut_and_repeated() {
        Random random = new Random(20261126);
        byte[] genuine = JsonEdits.text(bundle).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < DOCUMENTS; i++) {
            byte[] bytes = genuine.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : bytes.length;
            String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            if (!isGenuine(text)) {
                assertRefused(text);
            }
        }
    }

    /** Escapes have two cases, and spaces do not matter. */
    private boolean isGenuine(String text) {
        try {
            return new JsonReader().read(text).equals(bundle);
        } catch (MalformedDocumentException e) {
            return false;
        }
    }

    private void assertRefused(String document) {
        BundleVerdict verdict = chain.verify(document, policy);
        assertThat(verdict.valid()).as(document).isFalse();
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.NONE);
        assertThat(verdict.notProven()).isEqualTo(List.of("anything the bundle says"));
        assertThat(verdict.links()).allSatisfy(link -> {
            assertThat(link.reason()).isNotBlank().hasSizeLessThan(400);
            assertThat(link.reason().chars().noneMatch(Character::isISOControl))
                    .as(link.reason())
                    .isTrue();
        });
    }
}
