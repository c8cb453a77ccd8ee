package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.Departure;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelDetails;
import io.aitbc.openclaw.api.inference.ModelOffer;
import io.aitbc.openclaw.api.inference.Placement;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network that sells one model. */
final class TestingNetwork implements InferenceProvider {
    static final String RECEIPT = "{\"receipt_id\":\"r-1\",\n \"price\":0.05}";

    private final ModelDescriptor model = new ModelDescriptor(
            "aitbc/llama3:70b",
            "aitbc",
            Placement.NETWORK,
            Set.of(Capability.COMPLETION, Capability.TOOLS),
            OptionalInt.of(32768),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.of(Instant.parse("2026-11-20T10:00:00Z")),
            Optional.empty(),
            Optional.of("llama"),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            List.of(new ModelOffer(
                    "offer-1",
                    "miner-eu-7",
                    "llama3:70b",
                    new BigDecimal("0.05"),
                    "per_1k_tokens",
                    "AIT",
                    Optional.of("H200"))));

    /** What it was asked to answer. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    volatile Optional<Departure> departure = Optional.empty();
    volatile Optional<OpenClawException> refusal = Optional.empty();

    @Override
    public String id() {
        return "aitbc";
    }

    @Override
    public boolean redacts() {
        return departure.isPresent();
    }

    @Override
    public Optional<Departure> preview(ChatRequest request) {
        refusal.ifPresent(reason -> {
            throw reason;
        });
        return departure;
    }

    @Override
    public Optional<Departure> preview(GenerateRequest request) {
        refusal.ifPresent(reason -> {
            throw reason;
        });
        return departure;
    }

    @Override
    public Placement placement() {
        return Placement.NETWORK;
    }

    @Override
    public List<ModelDescriptor> catalogue() {
        return List.of(model);
    }

    @Override
    public Optional<ModelDescriptor> find(String name) {
        return Set.of("aitbc/llama3:70b", "miner-eu-7/llama3:70b", "llama3:70b@miner-eu-7")
                        .contains(name)
                ? Optional.of(model)
                : Optional.empty();
    }

    @Override
    public Optional<ModelDetails> show(String name, boolean verbose) {
        return find(name)
                .map(found -> new ModelDetails(
                        found,
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        List.of()));
    }

    @Override
    public InferenceStream chat(ChatRequest request) {
        asked.add("chat");
        return answer();
    }

    @Override
    public InferenceStream generate(GenerateRequest request) {
        asked.add("generate");
        return answer();
    }

    /** What it says it delivered, where that is not what arrives. */
    volatile Optional<String> deliveredSha256 = Optional.empty();

    private InferenceStream answer() {
        InferenceEvent.Finished plain = TestingEngine.stop();
        JobRecord job = new JobRecord(
                "aitbc",
                "job-1",
                Optional.of("miner-eu-7"),
                Optional.of("llama3:70b"),
                TokenAmount.parse("0.05", Rail.AITBC),
                Optional.of("r-1"),
                Optional.of(RECEIPT),
                AssuranceLevel.SIGNED,
                List.of("that llama3:70b computed it"));
        return ScriptedStream.of(
                TestingEngine.text("From afar"),
                new InferenceEvent.Finished(
                        plain.reason(),
                        plain.usage(),
                        List.of(),
                        Optional.of(deliveredSha256.map(job::withAnswer).orElse(job)),
                        Optional.empty()));
    }

    @Override
    public Embeddings embed(EmbedRequest request) {
        asked.add("embed");
        throw new UnsupportedOperationException();
    }
}
