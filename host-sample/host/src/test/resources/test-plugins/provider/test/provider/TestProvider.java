package test.provider;

import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelDetails;
import io.aitbc.openclaw.api.inference.Placement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The model's name says how its stream behaves. */
final class TestProvider implements InferenceProvider {
    static final String VERSION = String.valueOf("@version@");

    @Override
    public String id() {
        return "test";
    }

    @Override
    public Placement placement() {
        return Placement.LOCAL;
    }

    @Override
    public List<ModelDescriptor> catalogue() {
        return List.of();
    }

    @Override
    public Optional<ModelDescriptor> find(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<ModelDetails> show(String name, boolean verbose) {
        return Optional.empty();
    }

    @Override
    public InferenceStream chat(ChatRequest request) {
        return new TestStream(request.model());
    }

    @Override
    public InferenceStream generate(GenerateRequest request) {
        return new TestStream(request.model());
    }

    @Override
    public Embeddings embed(EmbedRequest request) {
        return new Embeddings(List.of(), 0, Duration.ZERO, Duration.ZERO);
    }
}
