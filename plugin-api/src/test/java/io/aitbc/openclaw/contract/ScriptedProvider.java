package io.aitbc.openclaw.contract;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelDetails;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.api.inference.RouteQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider whose models, price and answers a test writes down. Counts what it was asked. */
public class ScriptedProvider implements InferenceProvider {
    private final String id;
    private final Placement placement;
    private final List<ModelDescriptor> models = new CopyOnWriteArrayList<>();
    private final List<ScriptedStream> opened = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile List<ScriptedStream.Step> script = List.of(ScriptedStream.text("hi"), ScriptedStream.finish());
    private volatile Optional<OpenClawException> refusal = Optional.empty();
    private volatile Optional<OpenClawException> lookupFailure = Optional.empty();
    private volatile Optional<TokenAmount> price = Optional.empty();
    private volatile boolean redacts;

    public ScriptedProvider(String id, Placement placement, ModelDescriptor... models) {
        this.id = id;
        this.placement = placement;
        this.models.addAll(List.of(models));
    }

    /** What each answer does from now on. */
    public final void answers(ScriptedStream.Step... steps) {
        script = List.of(steps);
        refusal = Optional.empty();
    }

    /** Calls fail before there is an answer. */
    public final void refuses(ErrorCode code, String message) {
        refusal = Optional.of(new OpenClawException(code, message));
    }

    /** Looking up models fails. */
    public final void lookupFails(ErrorCode code, String message) {
        lookupFailure = Optional.of(new OpenClawException(code, message));
    }

    public final void costs(TokenAmount most) {
        price = Optional.of(most);
    }

    /** From now on it says that it keeps back what is private. */
    public final void canRedact() {
        redacts = true;
    }

    @Override
    public boolean redacts() {
        return redacts;
    }

    /** Answers that were started, oldest first. */
    public final List<ScriptedStream> opened() {
        return opened;
    }

    /** Model names of all calls for an answer, refused ones included. */
    public final List<String> asked() {
        return asked;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Placement placement() {
        return placement;
    }

    @Override
    public List<ModelDescriptor> catalogue() {
        lookupFailure.ifPresent(failure -> {
            throw failure;
        });
        return new ArrayList<>(models);
    }

    @Override
    public Optional<ModelDescriptor> find(String name) {
        String wanted = withTag(name);
        return catalogue().stream()
                .filter(model -> model.name().equals(wanted) || alias(model.name(), wanted))
                .findFirst();
    }

    private static String withTag(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("@")) {
            return lower;
        }
        return lower.lastIndexOf(':') > lower.lastIndexOf('/') ? lower : lower + ":latest";
    }

    /** {@code model:tag@miner} for {@code miner/model:tag}. */
    private static boolean alias(String name, String wanted) {
        int at = wanted.lastIndexOf('@');
        return at > 0 && name.equals(wanted.substring(at + 1) + "/" + withTag(wanted.substring(0, at)));
    }

    @Override
    public Optional<ModelDetails> show(String name, boolean verbose) {
        return find(name)
                .map(model -> new ModelDetails(
                        model,
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
        return open(request.model());
    }

    @Override
    public InferenceStream generate(GenerateRequest request) {
        return open(request.model());
    }

    @Override
    public Embeddings embed(EmbedRequest request) {
        ask(request.model(), Capability.EMBEDDING);
        List<float[]> vectors =
                request.inputs().stream().map(input -> new float[] {1, 0}).toList();
        return new Embeddings(vectors, request.inputs().size(), Duration.ZERO, Duration.ZERO);
    }

    private InferenceStream open(String model) {
        ask(model, Capability.COMPLETION);
        ScriptedStream stream = new ScriptedStream(script);
        opened.add(stream);
        return stream;
    }

    private void ask(String model, Capability needed) {
        asked.add(model);
        refusal.ifPresent(failure -> {
            throw failure;
        });
        if (!require(model).can(needed)) {
            throw new OpenClawException(
                    ErrorCode.UNSUPPORTED, "'%s' does not support %s".formatted(model, needed.wireName()));
        }
    }

    private ModelDescriptor require(String model) {
        return find(model)
                .orElseThrow(() ->
                        new OpenClawException(ErrorCode.MODEL_NOT_FOUND, "model '%s' not found".formatted(model)));
    }

    @Override
    public Optional<TokenAmount> quote(RouteQuery query) {
        require(query.model());
        return price;
    }
}
