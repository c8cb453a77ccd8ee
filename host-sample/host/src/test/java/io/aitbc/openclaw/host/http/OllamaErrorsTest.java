package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Error texts and statuses of the facts that no recording shows. */
class OllamaErrorsTest {
    private static final TestingEngine ENGINE = new TestingEngine();
    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = ApiServer.start(ApiServerOptions.defaults().withPort(0), TestingExtensions.of(ENGINE), List::of);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/generate | `` | 400 | missing request body",
                "/api/generate | {\"model\":\"nope\",\"prompt\":\"x\"} | 404 | model 'nope' not found",
                "/api/generate | {\"prompt\":\"x\"} | 404 | model '' not found",
                "/api/generate | {\"model\":\"wren\",\"prompt\":\"x\",\"raw\":true,\"system\":\"y\"} | 400 | raw mode does not support template, system, or context",
                "/api/generate | {\"model\":\"wren\",\"prompt\":\"x\",\"top_logprobs\":21} | 400 | top_logprobs must be between 0 and 20",
                "/api/generate | {\"model\":\"wren\",\"prompt\":\"x\",\"think\":true} | 400 | \"wren\" does not support thinking",
                "/api/generate | {\"model\":\"wren-embed\",\"prompt\":\"x\"} | 400 | \"wren-embed\" does not support generate",
                "/api/chat | {\"model\":\"wren-embed\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | 400 | \"wren-embed\" does not support chat",
                "/api/chat | {\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | 400 | model is required",
                "/api/chat | {\"model\":\"foo:cloud\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | 404 | model 'foo:cloud' not found",
                "/api/chat | [] | 400 | json: cannot unmarshal array into Go value of type api.ChatRequest",
                "/api/chat | {\"model\":\"wren\",\"messages\":[{\"content\":[1]}]} | 400 | json: cannot unmarshal array into Go struct field ChatRequest.messages.content of type string",
                "/api/chat | {\"model\":\"wren\",\"messages\":\"x\"} | 400 | json: cannot unmarshal string into Go struct field ChatRequest.messages of type []api.Message",
                "/api/chat | {\"model\":\"wren\" \"x\":1} | 400 | invalid character '\"' after object key:value pair",
                "/api/chat | {\"model\":\"wren\",} | 400 | invalid character '}' looking for beginning of object key string",
                "/api/chat | xml | 400 | invalid character 'x' looking for beginning of value",
                "/api/chat | {\"model\":1,\"messages\":[1 | 400 | unexpected EOF",
                "/api/generate | {\"model\":\"nope\",\"prompt\":\"x\",\"options\":{\"temperature\":\"hot\"}} | 404 | model 'nope' not found",
                "/api/generate | {\"model\":\"wren\",\"prompt\":\"x\",\"options\":{\"num_ctx\":\"many\"}} | 500 | option \"num_ctx\" must be of type integer",
                "/api/generate | {\"model\":\"wren\",\"prompt\":\"x\",\"options\":{\"stop\":\"a\"}} | 500 | option \"stop\" must be of type array",
                "/api/generate | {\"model\":\"wren\",\"keep_alive\":\"5\"} | 400 | time: missing unit in duration \"5\"",
                "/api/generate | {\"model\":\"wren\",\"prompt\":\"x\",\"format\":\"Dear doctor, it hurts when I do this, and also that\"} | 500 | invalid format: \"\\\\\"Dear doctor, it hurts when I do this, a…\"; expected \"json\" or a valid JSON Schema object",
                "/api/generate | {\"model\":\"wren\",\"prompt\":\"x\",\"_debug_render_only\":true} | 400 | _debug_render_only is not supported: ask Ollama itself",
                "/api/chat | {\"model\":\"wren\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"_debug_render_only\":true} | 400 | _debug_render_only is not supported: ask Ollama itself",
                "/api/show | {} | 400 | model is required",
                "/api/show | {\"model\":\"a b\"} | 400 | invalid model name",
                "/api/show | {\"name\":\"nope\"} | 404 | model 'nope:latest' not found",
                "/api/embed | {\"model\":\"nope\",\"input\":\"x\"} | 404 | model \"nope\" not found, try pulling it first",
                "/api/embed | {\"model\":\"wren-embed\",\"input\":{}} | 400 | invalid input type",
                "/api/embed | {\"model\":\"wren-embed\",\"input\":[1]} | 400 | invalid input type",
                "/api/embed | {\"model\":\"wren\",\"input\":\"x\"} | 501 | This server does not support embeddings. Start it with `--embeddings`",
                "/api/pull | {} | 400 | invalid model name",
                "/api/pull | {\"model\":\"a b\"} | 400 | invalid model name",
                "/api/pull | {\"model\":\"x\"} | 400 | no local engine here can store models",
                "/api/create | {\"model\":\"x\"} | 400 | neither 'from' or 'files' was specified",
                "/api/copy | {\"source\":\"nope\",\"destination\":\"x\"} | 404 | model \"nope\" not found",
                "/api/blobs/sha256-x | x | 400 | invalid digest format",
            })
    void text_and_status(String path, String body, int status, String error) throws IOException {
        RawClient.Reply reply = RawClient.post(server.port(), path, body);

        assertThat(reply.body()).isEqualTo("{\"error\":\"" + error.replace("\"", "\\\"") + "\"}");
        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void delete_of_an_absent_model() throws IOException {
        RawClient.Reply reply = RawClient.call(server.port(), "DELETE", "/api/delete", "{\"name\":\"nope\"}");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).isEqualTo("{\"error\":\"model 'nope' not found\"}");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void no_failure_ever_looks_like_a_problem_with_the_account(ErrorCode code) throws IOException {
        for (int upstream : new int[] {0, 401, 402, 403, 407}) {
            ENGINE.answer = prompt -> new ScriptedStream().fail(failure(code, upstream));

            int status = RawClient.post(server.port(), "/api/generate", "{\"model\":\"wren\",\"prompt\":\"x\"}")
                    .status();

            assertThat(status)
                    .as("%s %d", code, upstream)
                    .isNotIn(401, 402, 403, 407)
                    .isBetween(400, 599);
        }
    }

    private static OpenClawException failure(ErrorCode code, int upstream) {
        return upstream == 0
                ? new OpenClawException(code, "failed")
                : OpenClawException.upstream(code, upstream, "failed");
    }

    /** The patterns are those by which OpenClaw 2026.9.6 decides to compact a conversation and to ask again. */
    @ParameterizedTest
    @CsvSource({"/api/chat, false", "/api/chat, true", "/v1/chat/completions, false"})
    void too_long_a_conversation_is_said_so_that_openclaw_shortens_it(String path, boolean midway) throws IOException {
        ENGINE.answer = prompt -> (midway ? new ScriptedStream().emit(TestingEngine.text("Hi")) : new ScriptedStream())
                .fail(failure(ErrorCode.CONTEXT_OVERFLOW, 0));

        RawClient.Reply reply = RawClient.post(
                server.port(), path, "{\"model\":\"wren\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

        assertThat(reply.status()).isEqualTo(midway ? 200 : 400);
        assertThat(reply.body())
                .contains("failed (ollama: context length exceeded)")
                .containsPattern("(?i)\\bollama\\b.*(?:context length|too many tokens|context window)")
                .containsPattern("(?i)context[_ ]length[_ ]exceeded");
    }

    @ParameterizedTest
    @CsvSource({
        "MODEL_NOT_FOUND, 0, 404, model 'wren' not found",
        "PRICE_ABOVE_CAP, 0, 404, model 'wren' not found for this price: failed",
        "MISSING_KEY, 0, 404, model 'wren' not found with these settings: failed",
        "BUDGET_EXHAUSTED, 0, 429, daily budget exhausted: failed",
        "OVERLOADED, 503, 503, 'server busy, please try again.  maximum pending requests exceeded'",
        "CONTEXT_OVERFLOW, 0, 400, failed",
        "UNSUPPORTED, 0, 400, failed",
        "UNREACHABLE, 0, 502, failed",
        "NOT_AUTHORIZED, 401, 502, failed",
        "FIRST_BYTE_TIMEOUT, 0, 504, failed",
        "PROVIDER_FAILED, 0, 500, failed",
        "PROVIDER_FAILED, 500, 500, failed",
        "INVALID_REQUEST, 500, 500, failed",
        "PLUGIN_UNAVAILABLE, 0, 503, failed",
        "CANCELED, 0, 499, request canceled",
    })
    void status_of_a_failure(ErrorCode code, int upstream, int status, String text) throws IOException {
        ENGINE.answer = prompt -> new ScriptedStream().fail(failure(code, upstream));

        RawClient.Reply reply = RawClient.post(server.port(), "/api/generate", "{\"model\":\"wren\",\"prompt\":\"x\"}");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).isEqualTo("{\"error\":\"" + text + "\"}");
    }
}
