package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PrivacyClass;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.Departure;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceRouter;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.RoutePlan;
import io.aitbc.openclaw.api.inference.RouteQuery;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The privacy class of a request, on every way into the host. */
class PrivacyPathsTest {
    private static final String PATHS = """
            /api/chat                | "messages":[{"role":"user","content":"?"}]
            /api/generate            | "prompt":"?"
            /api/embed               | "input":"?"
            /api/embeddings          | "prompt":"?"
            /v1/chat/completions     | "messages":[{"role":"user","content":"?"}]
            /v1/completions          | "prompt":"?"
            /v1/responses            | "input":"?"
            /v1/embeddings           | "input":"?"
            /v1/messages             | "max_tokens":9,"messages":[{"role":"user","content":"?"}]
            /api/v1/openclaw/route   | "prompt":"?"
            /api/v1/openclaw/preview | "prompt":"?"
            """;

    /** Remembers the class of everything it is asked, and answers nothing. */
    private static final class CountingRouter implements InferenceRouter {
        final List<PrivacyClass> asked = new CopyOnWriteArrayList<>();

        @Override
        public String id() {
            return "counting";
        }

        private OpenClawException note(PrivacyClass privacy) {
            asked.add(privacy);
            return new OpenClawException(ErrorCode.MODEL_NOT_FOUND, "nobody");
        }

        @Override
        public RoutePlan plan(RouteQuery query) {
            throw note(query.context().privacy());
        }

        @Override
        public InferenceStream chat(ChatRequest request) {
            throw note(request.context().privacy());
        }

        @Override
        public InferenceStream generate(GenerateRequest request) {
            throw note(request.context().privacy());
        }

        @Override
        public Embeddings embed(EmbedRequest request) {
            throw note(request.context().privacy());
        }
    }

    private static RawClient.Reply post(ApiServer server, String path, String body, String privacy) throws IOException {
        return RawClient.post(server.port(), path, body, "X-AITBC-Privacy: " + privacy);
    }

    private static ApiServer serve(Extension... extensions) {
        return ApiServer.start(
                ApiServerOptions.defaults().withPort(0), TestingExtensions.of(extensions), () -> List.of(Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = PATHS)
    void every_way_in_passes_the_class_on_to_the_router(String path, String fields) throws IOException {
        CountingRouter router = new CountingRouter();
        try (ApiServer server = serve(new TestingEngine(), router)) {
            post(server, path, "{\"model\":\"wren\"," + fields + "}", "local-only");
            post(server, path, "{\"model\":\"wren\"," + fields + "}", "redact");
            assertThat(post(server, path, "{\"model\":\"wren\"," + fields + "}", "secret")
                            .status())
                    .isEqualTo(400);
        }
        assertThat(router.asked).containsExactly(PrivacyClass.LOCAL_ONLY, PrivacyClass.REDACTED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = PATHS)
    void without_a_router_a_network_gets_neither_class_unless_it_redacts(String path, String fields)
            throws IOException {
        TestingNetwork network = new TestingNetwork();
        try (ApiServer server = serve(network)) {
            for (String privacy : List.of("local-only", "redact")) {
                post(server, path, "{\"model\":\"aitbc/llama3:70b\"," + fields + "}", privacy);
            }
        }
        assertThat(network.asked).isEmpty();
    }

    @Test
    void a_preview_shows_who_would_read_what() throws IOException {
        TestingNetwork network = new TestingNetwork();
        network.departure =
                Optional.of(new Departure("aitbc", "job", "http://c/v1/jobs", "I am [EMAIL_1]", Map.of("email", 1)));
        try (ApiServer server = serve(network)) {
            JsonNode shown = JsonMapper.shared()
                    .readTree(post(
                                    server,
                                    "/api/v1/openclaw/preview",
                                    "{\"model\":\"aitbc/llama3:70b\",\"messages\":[{\"role\":\"user\",\"content\":\"I am a@x.org\"}]}",
                                    "redact")
                            .body());

            assertThat(shown.get("asked").get(0).toString())
                    .isEqualTo(
                            "{\"provider\":\"aitbc\",\"model\":\"aitbc/llama3:70b\",\"placement\":\"network\",\"leaves\":true,"
                                    + "\"transport\":\"job\",\"destination\":\"http://c/v1/jobs\",\"text\":\"I am [EMAIL_1]\","
                                    + "\"redacted\":{\"email\":1}}");
        }
        assertThat(network.asked).isEmpty();
    }

    @Test
    void a_preview_says_when_nothing_leaves_and_why() throws IOException {
        TestingNetwork network = new TestingNetwork();
        network.refusal = Optional.of(new OpenClawException(ErrorCode.UNSUPPORTED, "must stay"));
        try (ApiServer server = serve(new TestingEngine(), network)) {
            String path = "/api/v1/openclaw/preview";
            String local = post(server, path, "{\"model\":\"wren\",\"prompt\":\"?\"}", "redact")
                    .body();
            String refused = post(server, path, "{\"model\":\"aitbc/llama3:70b\",\"prompt\":\"?\"}", "network-allowed")
                    .body();

            assertThat(local).contains("\"placement\":\"local\",\"leaves\":false");
            assertThat(refused).contains("\"leaves\":false,\"note\":\"must stay\"");
            assertThat(post(server, path, "{\"model\":\"wren\"}", "redact").status())
                    .isEqualTo(400);
            assertThat(post(server, path, "{\"prompt\":\"?\"}", "redact").status())
                    .isEqualTo(400);
            assertThat(post(server, path, "{\"model\":\"nobody\",\"prompt\":\"?\"}", "redact")
                            .status())
                    .isEqualTo(404);
        }
    }
}
