package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaModels;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.ToolCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** LangChain4j's Ollama client, unchanged, against our server. */
class LangChain4jTest {
    private final TestingEngine engine = new TestingEngine();
    private final ApiServer server = ApiServer.start(
            ApiServerOptions.defaults().withPort(0).withLongestSilence(Duration.ZERO),
            TestingExtensions.of(engine),
            List::of);
    private final String url = "http://127.0.0.1:" + server.port();

    @AfterEach
    void stop() {
        server.close();
    }

    private CompletableFuture<ChatResponse> stream(StringBuilder pieces) {
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        OllamaStreamingChatModel.builder()
                .baseUrl(url)
                .modelName("wren")
                .build()
                .chat("Hello", new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String piece) {
                        pieces.append(piece).append('|');
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        answer.completeExceptionally(error);
                    }
                });
        return answer;
    }

    @Test
    void plain_answer() {
        OllamaChatModel model =
                OllamaChatModel.builder().baseUrl(url).modelName("wren").build();

        assertThat(model.chat("Hello")).isEqualTo("Hello!");
    }

    @Test
    void streamed_answer() throws Exception {
        StringBuilder pieces = new StringBuilder();

        ChatResponse response = stream(pieces).get(10, TimeUnit.SECONDS);

        assertThat(pieces).hasToString("Hello|!|");
        assertThat(response.aiMessage().text()).isEqualTo("Hello!");
        assertThat(response.tokenUsage().totalTokenCount()).isEqualTo(18);
    }

    @Test
    void signs_of_life_are_no_part_of_an_answer() throws Exception {
        engine.answer = prompt ->
                ScriptedStream.of(new InferenceEvent.Waiting("QUEUED"), TestingEngine.text("Hi"), TestingEngine.stop());
        StringBuilder pieces = new StringBuilder();

        assertThat(stream(pieces).get(10, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("Hi");
        assertThat(pieces.toString().replace("|", "")).isEqualTo("Hi");
    }

    @Test
    void stream_that_fails_is_an_error_and_does_not_hang() {
        engine.answer = prompt -> ScriptedStream.of(TestingEngine.text("Hel"))
                .fail(new OpenClawException(ErrorCode.STREAM_CUT, "miner went away"));

        assertThatThrownBy(() -> stream(new StringBuilder()).get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasStackTraceContaining("miner went away");
    }

    @Test
    void tool_call() {
        engine.answer = prompt -> ScriptedStream.of(
                new InferenceEvent.ToolCalls(List.of(new ToolCall("", "get_weather", "{\"city\":\"Oslo\"}"))),
                TestingEngine.stop());
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("Weather in Oslo?"))
                .toolSpecifications(ToolSpecification.builder()
                        .name("get_weather")
                        .parameters(JsonObjectSchema.builder()
                                .addStringProperty("city")
                                .build())
                        .build())
                .build();

        var calls = OllamaChatModel.builder()
                .baseUrl(url)
                .modelName("wren")
                .build()
                .chat(request)
                .aiMessage()
                .toolExecutionRequests();

        assertThat(calls).hasSize(1);
        assertThat(calls.getFirst().name()).isEqualTo("get_weather");
        assertThat(calls.getFirst().arguments().replace(" ", "").replace("\n", ""))
                .isEqualTo("{\"city\":\"Oslo\"}");
        assertThat(engine.chats.getFirst().tools().getFirst().name()).isEqualTo("get_weather");
    }

    @Test
    void models_and_embeddings() {
        assertThat(OllamaModels.builder().baseUrl(url).build().availableModels().content())
                .hasSize(4);
        assertThat(OllamaEmbeddingModel.builder()
                        .baseUrl(url)
                        .modelName("wren-embed")
                        .build()
                        .embed("x")
                        .content()
                        .vector())
                .containsExactly(0.6f, 0.8f);
    }
}
