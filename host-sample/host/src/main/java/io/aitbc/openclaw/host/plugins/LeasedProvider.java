package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.Departure;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelDetails;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.api.inference.RouteQuery;
import java.util.List;
import java.util.Optional;

class LeasedProvider<T extends InferenceProvider> extends LeasedExtension<T> implements InferenceProvider {
    LeasedProvider(PluginSlot slot, ExtensionKey<T> key) {
        super(slot, key);
    }

    @Override
    public Placement placement() {
        return call("placement", InferenceProvider::placement);
    }

    @Override
    public List<ModelDescriptor> catalogue() {
        return call("catalogue", provider -> List.copyOf(provider.catalogue()));
    }

    @Override
    public Optional<ModelDescriptor> find(String name) {
        return call("find", provider -> provider.find(name));
    }

    @Override
    public Optional<ModelDetails> show(String name, boolean verbose) {
        return call("show", provider -> provider.show(name, verbose));
    }

    @Override
    public InferenceStream chat(ChatRequest request) {
        return callWith(
                "chat", (provider, generation) -> LeasedStream.open(generation, provider.chat(request), "chat"));
    }

    @Override
    public InferenceStream generate(GenerateRequest request) {
        return callWith(
                "generate",
                (provider, generation) -> LeasedStream.open(generation, provider.generate(request), "generate"));
    }

    @Override
    public Embeddings embed(EmbedRequest request) {
        return call("embed", provider -> provider.embed(request));
    }

    @Override
    public Optional<TokenAmount> quote(RouteQuery query) {
        return call("quote", provider -> provider.quote(query));
    }

    @Override
    public boolean redacts() {
        return call("redacts", InferenceProvider::redacts);
    }

    @Override
    public Optional<Departure> preview(ChatRequest request) {
        return call("preview", provider -> provider.preview(request));
    }

    @Override
    public Optional<Departure> preview(GenerateRequest request) {
        return call("preview", provider -> provider.preview(request));
    }
}
