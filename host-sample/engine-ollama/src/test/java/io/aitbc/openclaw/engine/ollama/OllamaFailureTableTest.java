package io.aitbc.openclaw.engine.ollama;

import static io.aitbc.openclaw.engine.ollama.OllamaFixture.MODEL;
import static io.aitbc.openclaw.engine.ollama.OllamaFixture.SOON;
import static io.aitbc.openclaw.engine.ollama.OllamaFixture.all;
import static io.aitbc.openclaw.engine.ollama.OllamaFixture.failure;
import static io.aitbc.openclaw.engine.ollama.OllamaFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.testing.OllamaLines;
import io.aitbc.openclaw.testing.ScriptedAnswer;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong with Ollama4j 1.1.6 on the token path, row by row, goes right here. */
class OllamaFailureTableTest {
    private OllamaFixture fixture;

    @BeforeEach
    void start() {
        fixture = new OllamaFixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    // Row: every deserialised role is appended to a static list.
    @Test
    void streaming_leaves_nothing_behind_in_static_lists() {
        int before = OllamaChatMessageRole.getRoles().size();
        for (int i = 0; i < 20; i++) {
            all(fixture.chat());
        }
        assertThat(OllamaChatMessageRole.getRoles()).hasSize(before);
    }

    // Row: a new HTTP client, and a new socket, for each call.
    @Test
    void two_hundred_answers_use_one_connection() {
        all(fixture.chat());
        int connections = fixture.ollama.acceptedConnections();
        for (int i = 0; i < 200; i++) {
            assertThat(text(all(fixture.chat()))).isEqualTo("Hello! How can I help?");
        }
        assertThat(fixture.ollama.acceptedConnections() - connections).isLessThan(5);
    }

    // Row: only 400, 401, 404 and 500 keep the text, and no status is ever told.
    @ParameterizedTest
    @CsvSource({
        "400, INVALID_REQUEST",
        "401, NOT_AUTHORIZED",
        "403, NOT_AUTHORIZED",
        "404, MODEL_NOT_FOUND",
        "429, OVERLOADED",
        "499, PROVIDER_FAILED",
        "500, PROVIDER_FAILED",
        "501, UNSUPPORTED",
        "503, OVERLOADED"
    })
    void statuses_keep_their_text_and_number(int status, ErrorCode code) {
        String text = "server busy, please try again.  maximum pending requests exceeded";
        fixture.ollama.next("/api/chat", ScriptedAnswer.json(status, OllamaLines.error(text)));
        OpenClawException failure = failure(fixture.chat());
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.upstreamStatus()).hasValue(status);
        assertThat(failure).hasMessage(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | option \"temperature\" must be of type float32 | INVALID_REQUEST",
                "500 | invalid format: \"xml\"; expected \"json\" | INVALID_REQUEST",
                "400 | registry.ollama.ai/library/m:latest does not support tools | UNSUPPORTED",
                "500 | image input is not supported - hint: provide the mmproj | UNSUPPORTED",
                "400 | the prompt is longer than the context length currently available | CONTEXT_OVERFLOW"
            })
    void the_text_tells_whose_fault_it_is_where_the_status_does_not(int status, String text, ErrorCode code) {
        fixture.ollama.next("/api/chat", ScriptedAnswer.json(status, OllamaLines.error(text)));
        assertThat(failure(fixture.chat()).code()).isEqualTo(code);
    }

    // Row: a proxy's page becomes a JSON parse error.
    @ParameterizedTest
    @ValueSource(strings = {"<html><body>Bad Gateway</body></html>", "", "{\"error\":", "[]"})
    void a_status_without_ollamas_text_is_told_as_such(String body) {
        fixture.ollama.next("/api/chat", ScriptedAnswer.whole(502, "text/html", body));
        OpenClawException failure = failure(fixture.chat());
        assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_FAILED);
        assertThat(failure.upstreamStatus()).hasValue(502);
        assertThat(failure).hasMessageContaining("502").hasMessageContaining("proxy");
    }

    // Row: an error line within a stream is an NPE in chat and success in generate.
    @Test
    void an_error_line_within_a_stream_fails_with_its_text() {
        String text = "an error was encountered while running the model: unexpected EOF";
        fixture.ollama.next(
                "/api/chat",
                ScriptedAnswer.stream(List.of(OllamaLines.chatText(MODEL, "Hel"), OllamaLines.error(text))));
        fixture.ollama.next(
                "/api/generate",
                ScriptedAnswer.stream(List.of(OllamaLines.generateText(MODEL, "Hel"), OllamaLines.error(text))));
        for (InferenceStream stream :
                List.of(fixture.chat(), fixture.engine.generate(OllamaFixture.generateRequest()))) {
            assertThat(stream.next()).isEqualTo(new InferenceEvent.Text("Hel"));
            OpenClawException failure = failure(stream);
            assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_FAILED);
            assertThat(failure).hasMessage(text);
        }
    }

    // Row: a cut stream, or one without a last line, is success.
    @Test
    void an_answer_that_ends_without_done_is_cut_however_it_ends() {
        String start = OllamaLines.chatText(MODEL, "Hel");
        List<ScriptedAnswer> endings = List.of(
                ScriptedAnswer.ndjson().line(start).end(),
                ScriptedAnswer.ndjson().line(start).close(),
                ScriptedAnswer.ndjson().line(start).reset(),
                ScriptedAnswer.ndjson()
                        .line(start)
                        .send("40\r\n{\"model\":".getBytes())
                        .close(),
                ScriptedAnswer.stream(OllamaLines.chat(MODEL, "Hel", "lo")).cutAfter(300),
                ScriptedAnswer.json(200, start));
        for (ScriptedAnswer ending : endings) {
            fixture.ollama.next("/api/chat", ending);
            InferenceStream stream = fixture.chat();
            assertThat(stream.next()).isEqualTo(new InferenceEvent.Text("Hel"));
            assertThat(failure(stream).code()).isEqualTo(ErrorCode.STREAM_CUT);
        }
    }

    @Test
    void half_a_last_line_is_not_an_answer() {
        String whole = OllamaLines.chatDone(MODEL, 1);
        fixture.ollama.next(
                "/api/chat",
                ScriptedAnswer.ndjson()
                        .chunk(whole.substring(0, whole.length() / 2))
                        .end());
        assertThat(failure(fixture.chat()).code()).isEqualTo(ErrorCode.MALFORMED_ANSWER);
    }

    // Row: an immediate end is an NPE in chat and an empty success in generate.
    @Test
    void an_answer_that_ends_at_once_is_cut() {
        for (ScriptedAnswer ending : List.of(
                ScriptedAnswer.ndjson().end(),
                ScriptedAnswer.ndjson().close(),
                ScriptedAnswer.silent().close(),
                ScriptedAnswer.silent().reset())) {
            fixture.ollama.next("/api/generate", ending);
            // A request that broke on a connection that was used before is sent once more.
            fixture.ollama.next("/api/generate", ending);
            InferenceStream stream = fixture.engine.generate(OllamaFixture.generateRequest());
            assertThat(failure(stream).code()).isEqualTo(ErrorCode.STREAM_CUT);
            fixture.ollama.behave();
        }
    }

    // Row: metrics with options and format as labels, without bound.
    @Test
    void answers_leave_no_metrics_in_the_default_registry() {
        all(fixture.chat());
        int before = Collections.list(CollectorRegistry.defaultRegistry.metricFamilySamples()).stream()
                .mapToInt(family -> family.samples.size())
                .sum();
        for (int i = 0; i < 10; i++) {
            InferenceSettings settings = InferenceSettings.of(GenerationOptions.of("seed", (long) i));
            all(fixture.engine.chat(OllamaFixture.chatRequest(settings)));
        }
        assertThat(Collections.list(CollectorRegistry.defaultRegistry.metricFamilySamples()).stream()
                        .mapToInt(family -> family.samples.size())
                        .sum())
                .isEqualTo(before);
    }

    // Row: concurrent use works by luck.
    @Test
    void a_hundred_answers_at_a_time_are_all_whole() throws InterruptedException {
        List<String> texts = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            threads.add(Thread.ofVirtual().start(() -> texts.add(text(all(fixture.chat())))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(texts).hasSize(100).containsOnly("Hello! How can I help?");
    }

    // Row: deleting an absent model is silent.
    @Test
    void deleting_an_absent_model_is_an_error() {
        assertThatExceptionOfType(OpenClawException.class)
                .isThrownBy(() -> fixture.engine.store().orElseThrow().delete("nope:1b"))
                .withMessage("model 'nope:1b' not found")
                .matches(failure -> failure.code() == ErrorCode.MODEL_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "{\"model\":\"m:latest\",",
                "[1]",
                "17",
                "{\"message\":\"text\"}",
                "{\"done\":\"yes\"}",
                "{\"response\":[]}",
                "{\"message\":{\"tool_calls\":{}}}",
                "{\"message\":{\"tool_calls\":[{\"function\":{}}]}}",
                "{\"done\":true,\"eval_count\":\"many\"}",
                "{}{}"
            })
    void a_line_that_is_no_line_of_ollamas_is_malformed(String line) {
        fixture.ollama.next("/api/chat", ScriptedAnswer.stream(List.of(line)));
        assertThat(failure(fixture.chat()).code()).isEqualTo(ErrorCode.MALFORMED_ANSWER);
    }

    @Test
    void a_line_beyond_the_limit_is_malformed() {
        String huge = OllamaLines.chatText(MODEL, "x".repeat(200_000));
        fixture.ollama.next("/api/chat", ScriptedAnswer.stream(List.of(huge)));
        OpenClawException failure = failure(fixture.chat());
        assertThat(failure.code()).isEqualTo(ErrorCode.MALFORMED_ANSWER);
        assertThat(failure).hasMessageContaining("65536 bytes");
    }

    @Test
    void an_answer_beyond_the_limit_is_malformed() {
        try (OllamaEngine engine =
                OllamaEngine.connect(fixture.options().answerLimit(10_000).build())) {
            fixture.ollama.next(
                    "/api/chat", ScriptedAnswer.stream(Collections.nCopies(100, OllamaLines.chatText(MODEL, "again"))));
            OpenClawException failure = failure(engine.chat(OllamaFixture.chatRequest()));
            assertThat(failure.code()).isEqualTo(ErrorCode.MALFORMED_ANSWER);
            assertThat(failure).hasMessageContaining("10000 bytes");
        }
    }

    @Test
    void an_answer_of_another_model_is_substituted() {
        fixture.ollama.next("/api/chat", ScriptedAnswer.stream(OllamaLines.chat("other:70b", "Hel")));
        OpenClawException failure = failure(fixture.chat());
        assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_SUBSTITUTED);
        assertThat(failure).hasMessageContaining("m:latest").hasMessageContaining("other:70b");
    }

    @Test
    void no_server_is_unreachable_and_a_server_that_is_no_http_server_is_malformed() {
        all(fixture.chat());
        fixture.ollama.next(
                "/api/chat",
                ScriptedAnswer.silent().send("SSH-2.0-OpenSSH_9\r\n".getBytes()).close());
        assertThat(failure(fixture.chat()).code()).isEqualTo(ErrorCode.MALFORMED_ANSWER);
        fixture.ollama.close();
        OpenClawException failure = failure(fixture.chat());
        assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
        assertThat(failure).hasMessageContaining(fixture.ollama.url().toString());
    }

    @Test
    void a_restarted_server_is_used_again_without_a_failure() {
        all(fixture.chat());
        fixture.ollama.dropConnections();
        assertThat(fixture.ollama.awaitOpenConnections(0, SOON)).isTrue();
        assertThat(text(all(fixture.chat()))).isEqualTo("Hello! How can I help?");
    }

    @Test
    void after_its_end_a_stream_says_so() {
        InferenceStream stream = fixture.chat();
        all(stream);
        assertThat(catchThrowable(stream::next)).isInstanceOf(IllegalStateException.class);
    }
}
