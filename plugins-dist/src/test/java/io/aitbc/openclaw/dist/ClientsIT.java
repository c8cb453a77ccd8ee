package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients that people use get right answers: plain, streaming and with a tool. */
class ClientsIT {
    private static final String LOCAL = "wren-tiny";
    private static final String QUESTION = "What is the capital of France?";
    private static final String WEATHER = "What is the weather in Oslo?";

    @TempDir
    private static Path scratch;

    private static RunningHost host;

    private final JsonMapper json = new JsonMapper();

    @BeforeAll
    static void start() throws IOException {
        host = new Installation(scratch).serve();
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void curl_gets_a_plain_answer() throws Exception {
        JsonNode answer = json.readTree(curl(chat(LOCAL, QUESTION, "\"stream\":false,")));

        assertThat(answer.path("message").path("content").asString()).contains("Paris");
        assertThat(answer.path("done").asBoolean()).isTrue();
        assertThat(answer.path("aitbc_metadata").path("provider").asString()).isEqualTo("embedded");
    }

    @Test
    void curl_gets_an_answer_line_by_line() throws Exception {
        List<JsonNode> lines =
                curl(chat(LOCAL, QUESTION, "")).lines().map(json::readTree).toList();

        assertThat(lines).hasSizeGreaterThan(2);
        assertThat(lines.getLast().path("done").asBoolean()).isTrue();
        assertThat(lines.subList(0, lines.size() - 1))
                .noneMatch(line -> line.path("done").asBoolean());
        assertThat(String.join(
                        "",
                        lines.stream()
                                .map(line ->
                                        line.path("message").path("content").asString())
                                .toList()))
                .contains("Paris");
    }

    @Test
    void curl_gets_a_tool_call() throws Exception {
        String tool = """
                "stream":false,"tools":[{"type":"function","function":{"name":"get_weather",
                "description":"Get the weather in a city","parameters":{"type":"object",
                "properties":{"city":{"type":"string"}},"required":["city"]}}}],""";
        JsonNode answer = json.readTree(curl(chat(LOCAL, WEATHER, tool)));

        JsonNode call = answer.path("message").path("tool_calls").path(0).path("function");
        assertThat(call.path("name").asString()).isEqualTo("get_weather");
        assertThat(call.path("arguments").path("city").asString()).isEqualTo("Oslo");
    }

    @Test
    void curl_gets_a_paid_answer_with_a_checked_receipt_from_the_network() throws Exception {
        JsonNode answer = json.readTree(curl(chat("aitbc/wren-tiny", QUESTION, "\"stream\":false,")));

        assertThat(answer.path("message").path("content").asString()).isNotBlank();
        JsonNode metadata = answer.path("aitbc_metadata");
        assertThat(metadata.path("provider").asString()).isEqualTo("aitbc");
        assertThat(metadata.path("job").asString()).isNotBlank();
        assertThat(metadata.path("miner").asString()).isNotBlank();
        assertThat(metadata.path("cost").path("unit").asString()).isEqualTo("AIT");
        assertThat(metadata.path("cost").path("amount").asString()).matches("0\\.\\d*[1-9]\\d*");
        assertThat(metadata.path("assurance").asString()).isEqualTo("SIGNED");
    }

    @Test
    void unknown_model_is_404_with_ollamas_words() throws Exception {
        Tools.need("curl");
        String answer = Tools.run(
                scratch,
                "curl",
                "-sS",
                "-w",
                "%{http_code}",
                host.url() + "/api/chat",
                "-d",
                chat("no-such-model", "Hi", ""));

        assertThat(answer).contains("model 'no-such-model' not found").endsWith("404");
    }

    @Test
    void ollama_js_gets_plain_and_streamed_answers_and_a_tool_call() throws Exception {
        Tools.need("npm");
        Tools.need("node");
        Path folder = Files.createDirectories(Installation.target().resolve("ollama-js"));
        if (!Files.isDirectory(folder.resolve("node_modules/ollama"))) {
            Files.writeString(folder.resolve("package.json"), "{\"private\":true,\"type\":\"module\"}");
            Tools.run(folder, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "ollama@0.6.4");
        }
        try (InputStream script = ClientsIT.class.getResourceAsStream("/ollama-client.js")) {
            Files.write(folder.resolve("client.js"), script.readAllBytes());
        }

        JsonNode results = json.readTree(Tools.run(folder, "node", "client.js", host.url(), LOCAL, QUESTION, WEATHER));

        assertThat(results.path("models").valueStream().map(JsonNode::asString))
                .contains("wren-tiny:latest", "aitbc/wren-tiny:latest");
        assertThat(results.path("plain").asString()).contains("Paris");
        assertThat(results.path("streamed").asString()).contains("Paris");
        assertThat(results.path("pieces").asInt()).isGreaterThan(2);
        assertThat(results.path("tool").path("name").asString()).isEqualTo("get_weather");
        assertThat(results.path("tool").path("arguments").path("city").asString())
                .isEqualTo("Oslo");
        assertThat(results.path("embedding").asInt()).isGreaterThan(10);
        assertThat(results.path("error").asString()).contains("not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {LOCAL, "aitbc/wren-tiny"})
    void langchain4j_gets_a_plain_answer(String model) {
        ChatResponse response = OllamaChatModel.builder()
                .baseUrl(host.url())
                .modelName(model)
                .temperature(0.0)
                .timeout(Duration.ofSeconds(60))
                .build()
                .chat(ChatRequest.builder().messages(UserMessage.from(QUESTION)).build());

        assertThat(response.aiMessage().text()).isNotBlank();
        assertThat(response.tokenUsage().outputTokenCount()).isPositive();
        if (model.equals(LOCAL)) {
            assertThat(response.aiMessage().text()).contains("Paris");
        }
    }

    @Test
    void langchain4j_gets_a_streamed_answer() throws Exception {
        List<String> pieces = new CopyOnWriteArrayList<>();
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        OllamaStreamingChatModel.builder()
                .baseUrl(host.url())
                .modelName(LOCAL)
                .temperature(0.0)
                .timeout(Duration.ofSeconds(60))
                .build()
                .chat(QUESTION, new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String piece) {
                        pieces.add(piece);
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        whole.complete(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        whole.completeExceptionally(error);
                    }
                });

        assertThat(whole.get(60, TimeUnit.SECONDS).aiMessage().text()).contains("Paris");
        assertThat(pieces).hasSizeGreaterThan(2);
        assertThat(String.join("", pieces)).contains("Paris");
    }

    @Test
    void langchain4j_gets_a_tool_call() {
        ToolSpecification tool = ToolSpecification.builder()
                .name("get_weather")
                .description("Get the weather in a city")
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty("city")
                        .required("city")
                        .build())
                .build();

        ChatResponse response = OllamaChatModel.builder()
                .baseUrl(host.url())
                .modelName(LOCAL)
                .temperature(0.0)
                .timeout(Duration.ofSeconds(60))
                .build()
                .chat(ChatRequest.builder()
                        .messages(UserMessage.from(WEATHER))
                        .toolSpecifications(tool)
                        .build());

        ToolExecutionRequest call = response.aiMessage().toolExecutionRequests().getFirst();
        assertThat(call.name()).isEqualTo("get_weather");
        assertThat(json.readTree(call.arguments()).path("city").asString()).isEqualTo("Oslo");
    }

    private static String chat(String model, String prompt, String more) {
        return "{\"model\":\"%s\",%s\"options\":{\"temperature\":0},\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(model, more, prompt);
    }

    private static String curl(String body) throws IOException, InterruptedException {
        Tools.need("curl");
        return Tools.run(scratch, "curl", "-sS", "--fail-with-body", "-N", host.url() + "/api/chat", "-d", body);
    }
}
