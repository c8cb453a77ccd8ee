package io.aitbc.openclaw.zk.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.ed25519.Ed25519Checker;
import io.aitbc.openclaw.zk.ed25519.Ed25519Signature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    private static final JsonReader READER = new JsonReader();

    @Test
    void recorded_vectors_give_the_signed_bytes_and_their_signatures_hold() throws Exception {
        Json.Members file = (Json.Members) READER.read(Resources.text("canonical_json_vectors.json"));
        Json.Items vectors = (Json.Items) file.get("vectors").orElseThrow();
        Ed25519Checker checker = new Ed25519Checker();
        assertThat(vectors.list()).hasSize(5);
        for (Json item : vectors.list()) {
            Json.Members vector = (Json.Members) item;
            byte[] canonical =
                    CanonicalJson.of(READER.read(vector.text("input_json").orElseThrow()));
            assertThat(new String(canonical, StandardCharsets.US_ASCII))
                    .isEqualTo(vector.text("canonical").orElseThrow());
            assertThat(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(canonical)))
                    .isEqualTo(vector.text("sha256").orElseThrow());
            Ed25519Signature signature =
                    Ed25519Signature.of(vector.get("signature").orElseThrow());
            assertThat(checker.holds(signature, canonical)).isTrue();
        }
    }

    @Test
    void floats_are_written_as_python_writes_them() {
        List<String> wrong = new ArrayList<>();
        List<String> lines = Resources.lines("python-floats.txt");
        for (String line : lines) {
            String[] columns = line.split(" ");
            double value = Double.longBitsToDouble(Long.parseUnsignedLong(columns[0], 16));
            if (!PythonFloats.repr(value).equals(columns[1])
                    || !SlowCanonicalJson.number(value).equals(columns[1])) {
                wrong.add(line + " but " + PythonFloats.repr(value) + " and " + SlowCanonicalJson.number(value));
            }
        }
        assertThat(lines).hasSizeGreaterThan(1000);
        assertThat(wrong).isEmpty();
    }

    @Test
    void documents_are_written_as_python_writes_them() throws Exception {
        List<String> lines = Resources.lines("python-documents.txt");
        assertThat(lines).hasSize(300);
        for (int i = 0; i < lines.size(); i += 2) {
            assertThat(canonical(lines.get(i))).as(lines.get(i)).isEqualTo(lines.get(i + 1));
        }
    }

    @Test
    void two_independent_writers_agree_on_random_floats() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(PythonFloats.repr(value)).isEqualTo(SlowCanonicalJson.number(value));
                assertThat(Double.parseDouble(PythonFloats.repr(value))).isEqualTo(value);
            }
        }
    }

    @Test
    void two_independent_writers_agree_on_random_documents() throws Exception {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            Json document = RandomJson.value(random, 0);
            String slow = SlowCanonicalJson.write(document);
            assertThat(new String(CanonicalJson.of(document), StandardCharsets.US_ASCII))
                    .isEqualTo(slow);
            assertThat(canonical(slow))
                    .as("canonical text is its own canonical form")
                    .isEqualTo(slow);
        }
    }

    @Test
    void any_spelling_of_a_document_gives_the_same_bytes() throws Exception {
        Random random = new Random(13);
        for (int i = 0; i < 3_000; i++) {
            Json document = RandomJson.value(random, 0);
            String spelling = RandomSpelling.of(document, random);
            assertThat(canonical(spelling)).as(spelling).isEqualTo(SlowCanonicalJson.write(document));
        }
    }

    @Test
    void whole_numbers_keep_every_digit_and_stay_distinct_from_floats() throws Exception {
        assertThat(canonical("[5, 5.0, -0, -0.0, 123456789012345678901234567890]"))
                .isEqualTo("[5,5.0,0,-0.0,123456789012345678901234567890]");
    }

    @Test
    void numbers_of_another_serialiser_are_written_anew() throws Exception {
        assertThat(canonical("[1e-6, 1e16, 1E5, 1e+2]")).isEqualTo("[1e-06,1e+16,100000.0,100.0]");
    }

    @Test
    void names_are_in_code_point_order_even_with_halves_of_pairs() {
        String[] sorted = {"", "A", "\uD83D", "\uD83Da", "\uDE00", "\uE000", "\uFFFF", "\uD83D\uDE00", "\uD83D\uDE00a"};
        for (int i = 0; i < sorted.length; i++) {
            for (int j = 0; j < sorted.length; j++) {
                assertThat(Integer.signum(CodePoints.compare(sorted[i], sorted[j])))
                        .as("%d and %d", i, j)
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    private static String canonical(String document) throws MalformedDocumentException {
        return new String(CanonicalJson.of(READER.read(document)), StandardCharsets.US_ASCII);
    }
}
