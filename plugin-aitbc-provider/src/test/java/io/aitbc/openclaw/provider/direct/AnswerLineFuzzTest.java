package io.aitbc.openclaw.provider.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** Whatever bytes come, there is a line, an end or a typed failure; never anything else. */
class AnswerLineFuzzTest {
    private static final List<String> SEEDS = List.of(
            "{\"model\":\"m:1\",\"created_at\":\"x\",\"message\":{\"role\":\"assistant\",\"content\":\"Hi\",\"thinking\":\"t\"},\"done\":false}",
            "{\"model\":\"m:1\",\"response\":\"é😀\",\"done\":true,\"done_reason\":\"length\",\"context\":[1,2],\"eval_count\":3,\"total_duration\":99}",
            "{\"message\":{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":{\"x\":[1,null,true]}}}]}}",
            "{\"logprobs\":[{\"token\":\"a\",\"logprob\":-1e400,\"bytes\":[97],\"top_logprobs\":[{\"token\":\"b\"}]}]}",
            "{\"error\":{\"message\":\"x\",\"code\":1}}");

    @Test
    void changed_lines_are_read_or_refused() {
        Random random = new Random(42);
        for (int round = 0; round < 40_000; round++) {
            byte[] line = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(6); change >= 0; change--) {
                line = changed(line, random);
            }
            String text = new String(line, StandardCharsets.UTF_8);
            try {
                AnswerLine read = AnswerLine.parse(text);
                assertThat(read.toolCalls())
                        .allMatch(call -> call.argumentsJson().startsWith("{"));
            } catch (OpenClawException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_ANSWER);
            } catch (RuntimeException e) {
                fail("round %d: %s".formatted(round, text), e);
            }
        }
    }

    @Test
    void streams_of_any_bytes_end_within_their_limits() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 3000; round++) {
            Buffer buffer = new Buffer();
            for (int i = random.nextInt(400); i >= 0; i--) {
                buffer.writeByte(random.nextInt(12) == 0 ? '\n' : random.nextInt(256));
            }
            long length = buffer.size();
            AnswerLines lines = new AnswerLines(buffer, 64, 200);
            int read = 0;
            try {
                for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                    assertThat(line.get()).isNotBlank();
                    read++;
                }
                assertThat(length).isLessThanOrEqualTo(201);
            } catch (OpenClawException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_ANSWER);
            } catch (EOFException e) {
                assertThat(buffer.exhausted()).isTrue();
            }
            assertThat(read).isLessThanOrEqualTo(200);
        }
    }

    private static byte[] changed(byte[] line, Random random) {
        if (line.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        byte[] copy = line.clone();
        int at = random.nextInt(copy.length);
        switch (random.nextInt(4)) {
            case 0 -> copy[at] = (byte) random.nextInt(256);
            case 1 -> copy[at] = (byte) "{}[],:\"0-e.\\ntf".charAt(random.nextInt(15));
            case 2 -> copy = java.util.Arrays.copyOf(copy, at);
            default -> {
                byte[] longer = new byte[copy.length + copy.length - at];
                System.arraycopy(copy, 0, longer, 0, copy.length);
                System.arraycopy(copy, at, longer, copy.length, copy.length - at);
                copy = longer.length > 20_000 ? copy : longer;
            }
        }
        return copy;
    }
}
