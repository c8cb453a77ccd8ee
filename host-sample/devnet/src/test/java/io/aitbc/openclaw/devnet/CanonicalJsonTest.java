package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class CanonicalJsonTest {
    private static final JsonNode VECTORS = TestingFiles.json("canonical_json_vectors.json");
    private static final ReceiptKey KEY =
            new ReceiptKey(HexFormat.of().parseHex(VECTORS.path("seed_hex").stringValue()));

    @TestFactory
    Stream<DynamicTest> recorded_vectors_match_byte_for_byte() {
        return VECTORS.path("vectors")
                .valueStream()
                .map(vector -> DynamicTest.dynamicTest(vector.path("input_json").stringValue(), () -> check(vector)));
    }

    private static void check(JsonNode vector) {
        byte[] input = vector.path("input_json").stringValue().getBytes(StandardCharsets.UTF_8);

        String text = CanonicalJson.text(Json.parse(input).orElseThrow());

        assertThat(text).isEqualTo(vector.path("canonical").stringValue());
        assertThat(HexFormat.of().formatHex(Identifiers.sha256(text)))
                .isEqualTo(vector.path("sha256").stringValue());
        assertThat(KEY.signature(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(vector.path("signature"));
    }

    @Test
    void a_recorded_receipt_gets_the_signature_the_real_coordinator_gave_it() {
        ObjectNode receipt = (ObjectNode) TestingFiles.json("sample_receipt.json");
        JsonNode signature = receipt.path("signature");
        receipt.remove(List.of("signature", "attestations", "zk_status", "tee_status"));

        byte[] text = CanonicalJson.text(receipt).getBytes(StandardCharsets.UTF_8);

        assertThat(KEY.signature(text)).isEqualTo(signature);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0, 1.0",
        "0.0001, 0.0001, 0.0001",
        "0.00001, 1e-05, 0.00001",
        "0.000001, 1e-06, 1e-6",
        "1.5e-7, 1.5e-07, 1.5e-7",
        "123456789012345680, 1.2345678901234568e+17, 1.2345678901234568e17",
        "1e15, 1000000000000000.0, 1000000000000000.0",
        "1e16, 1e+16, 1e16",
        "-0.0, -0.0, -0.0",
        "5e-324, 5e-324, 5e-324",
        "2e-323, 2e-323, 2e-323",
        "2.2250738585072014e-308, 2.2250738585072014e-308, 2.2250738585072014e-308",
        "0.3182945251464844, 0.3182945251464844, 0.3182945251464844",
        "2e23, 2e+23, 2e23"
    })
    void floats_have_the_forms_of_python_and_of_rust(double value, String python, String rust) {
        assertThat(FloatText.python(value)).isEqualTo(python);
        assertThat(FloatText.rust(value)).isEqualTo(rust);
    }

    @Test
    void floats_read_back_as_the_same_double_and_no_shorter_text_does() {
        java.util.Random random = new java.util.Random(7);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(FloatText.python(value))).isEqualTo(value);
                assertThat(Double.parseDouble(FloatText.rust(value))).isEqualTo(value);
            }
        }
    }

    @Test
    void the_wire_keeps_nulls_and_plain_unicode() {
        String wire = "{\"b\":null,\"a\":[null,1e-6,\"ü😀\\n\\u0001\"],\"c\":12345678901234567890123}";

        JsonNode node = Json.parse(wire.getBytes(StandardCharsets.UTF_8)).orElseThrow();

        assertThat(WireJson.text(node)).isEqualTo(wire);
    }

    @Test
    void the_wire_escapes_half_a_surrogate_pair() {
        assertThat(WireJson.text(Json.object().put("x", "a\ud83db"))).isEqualTo("{\"x\":\"a\\ud83db\"}");
    }

    @Test
    void numbers_too_large_for_a_double_are_no_json() {
        assertThat(Json.parse("{\"a\":1e400}".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
