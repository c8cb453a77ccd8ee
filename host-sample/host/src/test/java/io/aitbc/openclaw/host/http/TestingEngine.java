package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.LoadedModel;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelDetails;
import io.aitbc.openclaw.api.inference.ModelStore;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.api.inference.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A local engine with the models of the recordings, whose answers the test writes. Remembers what it was asked. */
final class TestingEngine implements LocalEngine {
    static final String DIGEST = "07be363b80143d79913a529c3799d6a5f4f8b231821b95497a7788a171f252c1";
    static final Instant MODIFIED = Instant.parse("2026-11-22T12:33:22.123456789Z");

    final List<ChatRequest> chats = new CopyOnWriteArrayList<>();
    final List<GenerateRequest> generates = new CopyOnWriteArrayList<>();
    final List<EmbedRequest> embeds = new CopyOnWriteArrayList<>();
    final List<String> loads = new CopyOnWriteArrayList<>();
    final List<String> unloads = new CopyOnWriteArrayList<>();
    private final Map<String, ModelDescriptor> models = new LinkedHashMap<>();
    volatile Function<String, InferenceStream> answer = prompt -> ScriptedStream.of(text("Hello"), text("!"), stop());
    volatile Function<EmbedRequest, Embeddings> embedder = request -> new Embeddings(
            request.inputs().stream().map(input -> new float[] {0.6f, 0.8f}).toList(),
            4,
            Duration.ofNanos(1_026_576_025),
            Duration.ofNanos(1_021_652_957));
    volatile Optional<ModelStore> store = Optional.empty();

    TestingEngine() {
        add("wren:latest", Capability.COMPLETION, Capability.TOOLS);
        add("wren-embed:latest", Capability.EMBEDDING);
        add("llama3:8b", Capability.COMPLETION, Capability.TOOLS);
        add("qwen3:8b", Capability.COMPLETION, Capability.TOOLS, Capability.THINKING);
    }

    private void add(String name, Capability... capabilities) {
        models.put(name, descriptor(name, "testing", Placement.LOCAL, Set.of(capabilities)));
    }

    static ModelDescriptor descriptor(String name, String provider, Placement placement, Set<Capability> capabilities) {
        return new ModelDescriptor(
                name,
                provider,
                placement,
                capabilities,
                OptionalInt.of(512),
                OptionalLong.of(6_456_789),
                Optional.of(DIGEST),
                Optional.of(MODIFIED),
                Optional.of("gguf"),
                Optional.of("llama"),
                Optional.of("2.83M"),
                Optional.of("F16"),
                OptionalInt.of(192),
                List.of());
    }

    static InferenceEvent text(String text) {
        return new InferenceEvent.Text(text);
    }

    static InferenceEvent.Finished stop() {
        return finished(FinishReason.STOP);
    }

    static InferenceEvent.Finished finished(FinishReason reason) {
        Usage usage = new Usage(
                OptionalInt.of(10),
                OptionalInt.of(8),
                Optional.of(Duration.ofNanos(9_265_687)),
                Optional.of(Duration.ofNanos(597_583)),
                Optional.of(Duration.ofNanos(2_141_000)),
                Optional.of(Duration.ofNanos(4_814_000)));
        return new InferenceEvent.Finished(reason, usage, List.of(), Optional.empty(), Optional.empty());
    }

    @Override
    public String id() {
        return "testing";
    }

    @Override
    public List<ModelDescriptor> catalogue() {
        return List.copyOf(models.values());
    }

    @Override
    public Optional<ModelDescriptor> find(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(models.get(key.contains(":") ? key : key + ":latest"));
    }

    @Override
    public Optional<ModelDetails> show(String name, boolean verbose) {
        return find(name)
                .map(model -> new ModelDetails(
                        model,
                        "{{ .Prompt }}",
                        Optional.of("You are Wren."),
                        Optional.empty(),
                        Optional.of("stop \"<|im_end|>\""),
                        Optional.of("FROM wren"),
                        Map.of(
                                "general.architecture",
                                "llama",
                                "llama.context_length",
                                512L,
                                "tokens",
                                List.of(1L, 2L, 3L, 4L, 5L, 6L)),
                        List.of(new ModelDetails.TensorInfo("output.weight", "F16", List.of(192L, 2048L)))));
    }

    @Override
    public InferenceStream chat(ChatRequest request) {
        require(request.model(), Capability.COMPLETION);
        chats.add(request);
        return answer.apply(request.messages().getLast().content());
    }

    @Override
    public InferenceStream generate(GenerateRequest request) {
        require(request.model(), Capability.COMPLETION);
        generates.add(request);
        return answer.apply(request.prompt());
    }

    @Override
    public Embeddings embed(EmbedRequest request) {
        require(request.model(), Capability.EMBEDDING);
        embeds.add(request);
        return embedder.apply(request);
    }

    private void require(String model, Capability capability) {
        ModelDescriptor found =
                find(model).orElseThrow(() -> new OpenClawException(ErrorCode.MODEL_NOT_FOUND, "no model " + model));
        if (!found.can(capability)) {
            throw new OpenClawException(ErrorCode.UNSUPPORTED, model + " cannot do " + capability);
        }
    }

    @Override
    public LoadedModel load(String model, GenerationOptions options, Optional<Duration> keepAlive) {
        loads.add(model);
        return loaded().getFirst();
    }

    @Override
    public void unload(String model) {
        unloads.add(model);
    }

    @Override
    public List<LoadedModel> loaded() {
        return List.of(new LoadedModel(
                models.get("wren:latest"),
                13_285_455,
                5_651_824,
                512,
                Instant.parse("2026-11-22T12:39:11.943064268Z")));
    }

    @Override
    public OptionalLong memoryNeedBytes(String model, OptionalInt numCtx) {
        return OptionalLong.of(13_285_455);
    }

    @Override
    public OptionalLong memoryBytes() {
        return OptionalLong.empty();
    }

    @Override
    public Optional<ModelStore> store() {
        return store;
    }
}
