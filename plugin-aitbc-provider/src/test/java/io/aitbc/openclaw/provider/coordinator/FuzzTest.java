package io.aitbc.openclaw.provider.coordinator;

import static org.assertj.core.api.Assertions.fail;

import io.aitbc.openclaw.api.OpenClawException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whatever a coordinator answers, reading it ends in a value or in an {@link OpenClawException}. */
class FuzzTest {
    private static final int ROUNDS = 2000;
    private static final String[] PIECES = {
        "null", "\"\"", "{}", "[]", "-1", "1e999", "\"\\u0000\"", "true", "{\"a\":", "}", "\"", "99999999999999999999"
    };

    @Test
    void mangled_answers_never_escape_as_other_failures() {
        String[] seeds = {
            Resources.text("sample_receipt.json"),
            "{\"job_id\":\"a\",\"state\":\"QUEUED\",\"payload\":{\"client_reference\":\"x\"},\"result\":{\"output\":\"y\"}}",
            "{\"job_id\":\"a\",\"payment_id\":\"p\",\"amount\":\"1.00000000\",\"status\":\"released\",\"transaction_hash\":null}",
            "{\"result\":{\"output\":\"y\",\"tokens_processed\":4},\"receipt\":{\"receipt_id\":\"r\",\"metadata\":{}}}",
            "{\"offer_id\":\"o\",\"model\":\"m\",\"price\":0.01,\"registered_at\":\"2026-11-22T11:35:24+00:00Z\"}"
        };
        Random random = new Random(20261123);
        for (int round = 0; round < ROUNDS; round++) {
            String text = mangle(seeds[random.nextInt(seeds.length)], random);
            try {
                readAll(text);
            } catch (RuntimeException e) {
                fail("round " + round + " with " + text, e);
            }
        }
    }

    private static void readAll(String text) {
        ignoringRefusals(() -> JobResult.parse("fuzz", text));
        ignoringRefusals(() -> PaymentView.parse("fuzz", text));
        ignoringRefusals(() -> Receipt.parse(text));
        ignoringRefusals(() -> Json.elements(text));
        ErrorText.of(new Reply(500, text, Optional.empty()));
        ignoringRefusals(() -> {
            JsonNode node = Json.tree("fuzz", text);
            SoftwareOffer.parse(node);
            GpuListing.parse(node);
            JobView.parse("fuzz", node);
        });
    }

    private static void ignoringRefusals(Runnable read) {
        try {
            read.run();
        } catch (OpenClawException e) {
            // A refusal is an outcome.
        }
    }

    private static String mangle(String seed, Random random) {
        StringBuilder text = new StringBuilder(seed);
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setLength(Math.max(1, at));
                case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> text.setCharAt(at, (char) random.nextInt(0x300));
                default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(20)));
            }
            if (text.isEmpty()) {
                text.append('{');
            }
        }
        return text.toString();
    }
}
