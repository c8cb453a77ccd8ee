package io.aitbc.openclaw.provider.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.coordinator.Wallet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is signed is byte for byte what the real chain node checks. */
class TransferTest {
    private static final ChainAddress FROM = new ChainAddress("0xe239cdc5fbe977a8a141b72194d3cf8c41bc5bc6");
    private static final ChainAddress TO = new ChainAddress("0x2c581a028cedc657fd1b754ab9de4eaaf9c6ca5d");

    @TestFactory
    Stream<DynamicTest> transfers_are_signed_as_the_real_chain_accepted_them() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode vector : resource("wallet_vectors.json").path("transactions")) {
            JsonNode tx = vector.path("tx");
            tests.add(DynamicTest.dynamicTest("nonce " + tx.path("nonce").asInt(), () -> {
                Map<String, String> payload = tx.path("payload").has("memo")
                        ? Map.of("memo", tx.path("payload").path("memo").stringValue())
                        : Map.of();
                Transfer transfer = new Transfer(
                        new ChainAddress(tx.path("from").stringValue()),
                        new ChainAddress(tx.path("to").stringValue()),
                        tx.path("amount").asLong(),
                        tx.path("fee").asLong(),
                        tx.path("nonce").asLong(),
                        payload,
                        tx.path("chain_id").stringValue());

                assertThat(transfer.signedText())
                        .isEqualTo(vector.path("signing_message").stringValue());
                JsonNode body = Json.MAPPER.readTree(
                        transfer.signed(Wallet.of(vector.path("private_key").stringValue())));
                assertThat(body.path("signature").stringValue())
                        .isEqualTo(vector.path("signature").stringValue());
                assertThat(((ObjectNode) body).without("signature")).isEqualTo(tx);
            }));
        }
        assertThat(tests).hasSize(2);
        return tests.stream();
    }

    private static JsonNode resource(String name) throws IOException {
        try (InputStream in = TransferTest.class.getResourceAsStream("/aitbc/" + name)) {
            return Json.MAPPER.readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void a_transfer_is_signed_by_its_sender_only() {
        Transfer transfer = new Transfer(TO, FROM, 1, 36, 0, Map.of(), "ait-lab");

        Failures.assertFails(
                ErrorCode.INVALID_REQUEST,
                () -> transfer.signed(Wallet.of("0xabababababababababababababababababababababababababababababababab")));
    }

    @Test
    void impossible_transfers_are_refused() {
        Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> new Transfer(FROM, TO, -1, 36, 0, Map.of(), "ait-lab"));
        Failures.assertFails(
                ErrorCode.INVALID_REQUEST, () -> new Transfer(FROM, TO, 1, 36, 0, Map.of("amount", "2"), "ait-lab"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0xE239CDC5FBE977A8A141B72194D3CF8C41BC5BC6",
                "ait1e239cdc5fbe977a8a141b72194d3cf8c41bc5bc6",
                " aitbc1e239cdc5fbe977a8a141b72194d3cf8c41bc5bc6\n"
            })
    void all_spellings_of_an_address_are_one(String text) {
        assertThat(new ChainAddress(text)).isEqualTo(FROM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x",
                "e239cdc5fbe977a8a141b72194d3cf8c41bc5bc6",
                "bc1e239cdc5fbe977a8a141b72194d3cf8c41bc5bc6"
            })
    void what_is_no_address_is_refused(String text) {
        Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> new ChainAddress(text));
    }

    @Test
    void texts_are_escaped_and_sorted_as_python_does() {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("\uffff", 1)
                .put("\ud83d\ude00", 2)
                .put("b", "\u007f/\"\\\u0001\n")
                .put("a", true);
        node.putArray("c").add(1).add("x").addObject();

        assertThat(SignedText.of(node))
                .isEqualTo("{\"a\":true,\"b\":\"\\u007f/\\\"\\\\\\u0001\\n\",\"c\":[1,\"x\",{}],\"\\uffff\":1,"
                        + "\"\\ud83d\\ude00\":2}");
        assertThatThrownBy(() -> SignedText.of(Json.MAPPER.readTree("{\"a\":1.5}")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignedText.of(Json.MAPPER.readTree("{\"a\":null}")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void signed_texts_are_ascii_json_that_means_the_same() {
        Random random = new Random(20261125);
        for (int round = 0; round < 500; round++) {
            ObjectNode node = Json.MAPPER.createObjectNode();
            for (int i = random.nextInt(6); i >= 0; i--) {
                node.put(text(random), text(random));
                node.put(text(random), random.nextLong());
            }
            String text = SignedText.of(node);

            assertThat(text).matches("[ -~]*");
            assertThat(Json.MAPPER.readTree(text)).isEqualTo(Json.MAPPER.readTree(node.toString()));
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int point = random.nextInt(5) == 0 ? 0x1f600 + random.nextInt(50) : random.nextInt(0xd800);
            text.appendCodePoint(point);
        }
        return text.toString();
    }
}
