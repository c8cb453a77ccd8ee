package io.aitbc.openclaw.engine.ollama;

import com.sun.management.OperatingSystemMXBean;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.LoadedModel;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelDetails;
import io.aitbc.openclaw.api.inference.ModelStore;
import io.aitbc.openclaw.api.inference.Think;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import okhttp3.HttpUrl;

/**
 * A running Ollama. Safe for any number of threads; blocking calls belong on virtual threads.
 *
 * <p>Every answer is streamed from Ollama, whatever the client asked for, because only a stream shows that a model is still
 * at work. An answer is whole or ends with a typed failure, never cut in silence:
 *
 * <ul>
 *   <li>{@link ErrorCode#UNREACHABLE}: nothing listens there
 *   <li>{@link ErrorCode#FIRST_BYTE_TIMEOUT}: silence although the model is loaded and not busy, or loading took too long
 *   <li>{@link ErrorCode#IDLE_TIMEOUT}: silence within an answer
 *   <li>{@link ErrorCode#STREAM_CUT}: the connection broke, or the answer ended without being done
 *   <li>{@link ErrorCode#PROVIDER_FAILED}: Ollama reported a failure, before or within the answer; the text is its own
 *   <li>{@link ErrorCode#MALFORMED_ANSWER}, {@link ErrorCode#MODEL_SUBSTITUTED}: what came is not an answer to the request
 *   <li>{@link ErrorCode#OVERLOADED}, {@link ErrorCode#NOT_AUTHORIZED}, {@link ErrorCode#MODEL_NOT_FOUND}, {@link
 *       ErrorCode#UNSUPPORTED}, {@link ErrorCode#CONTEXT_OVERFLOW}, {@link ErrorCode#INVALID_REQUEST}: by Ollama's status
 *       and text, both kept
 * </ul>
 */
public final class OllamaEngine implements LocalEngine {
    private static final String ID = "ollama";

    private final OllamaEngineOptions options;
    private final OllamaHttp http;
    private final Ollama4jManagement management;
    private final MemoryEstimator estimator = new MemoryEstimator();
    private final Residence residence;
    private final Watchdog watchdog;
    private final Catalogue catalogue;
    private final ModelStore store;
    private final HttpUrl chatEndpoint;
    private final HttpUrl generateEndpoint;
    private final HttpUrl embedEndpoint;

    private OllamaEngine(OllamaEngineOptions options) {
        this.options = options;
        http = new OllamaHttp(options);
        management = Ollama4jManagement.create(options, http.failures());
        residence = new Residence(http, estimator::learn);
        watchdog = new Watchdog(options, residence);
        catalogue = new Catalogue(ID, http, management, options);
        store = new OllamaModelStore(http, management, catalogue);
        chatEndpoint = http.endpoint("/api/chat");
        generateEndpoint = http.endpoint("/api/generate");
        embedEndpoint = http.endpoint("/api/embed");
    }

    /**
     * Prepares an engine; opens no connection, so that the host starts whether or not Ollama runs.
     *
     * @throws OpenClawException with {@link ErrorCode#INVALID_CONFIG} when Ollama4j is not on the class path
     */
    public static OllamaEngine connect(OllamaEngineOptions options) {
        return new OllamaEngine(options);
    }

    @Override
    public String id() {
        return ID;
    }

    public URI url() {
        return options.url();
    }

    /** Ollama's version: the quickest way to see whether it runs. */
    public String version() {
        return management.version();
    }

    @Override
    public List<ModelDescriptor> catalogue() {
        return catalogue.models();
    }

    @Override
    public Optional<ModelDescriptor> find(String name) {
        return catalogue.find(name).map(Catalogue.Entry::descriptor);
    }

    @Override
    public Optional<ModelDetails> show(String name, boolean verbose) {
        return find(name).map(model -> {
            ModelCard card = ModelCard.of(http.post("/api/show", RequestWriter.show(model.name(), verbose)));
            return new ModelDetails(
                    model,
                    card.template(),
                    card.system(),
                    card.license(),
                    card.parameters(),
                    card.modelfile(),
                    card.info(),
                    card.tensors());
        });
    }

    @Override
    public InferenceStream chat(ChatRequest request) {
        ModelDescriptor model = known(request.model());
        if (!model.can(Capability.COMPLETION)) {
            throw unsupported("\"%s\" does not support chat", request.model());
        }
        if (!request.tools().isEmpty() && !model.can(Capability.TOOLS)) {
            throw unsupported("%s does not support tools", ModelNames.full(model.name()));
        }
        boolean images = request.messages().stream()
                .anyMatch(message -> !message.images().isEmpty());
        checkImagesAndThinking(model, images, request.settings().think());
        return answer(chatEndpoint, model.name(), RequestWriter.chat(request, model.name()));
    }

    @Override
    public InferenceStream generate(GenerateRequest request) {
        ModelDescriptor model = known(request.model());
        if (!model.can(Capability.COMPLETION)) {
            throw unsupported("\"%s\" does not support generate", request.model());
        }
        if (request.suffix().isPresent() && !model.can(Capability.INSERT)) {
            throw unsupported("%s does not support insert", ModelNames.full(model.name()));
        }
        checkImagesAndThinking(
                model, !request.images().isEmpty(), request.settings().think());
        return answer(generateEndpoint, model.name(), RequestWriter.generate(request, model.name()));
    }

    private static void checkImagesAndThinking(ModelDescriptor model, boolean images, Think think) {
        if (images && !model.can(Capability.VISION)) {
            throw unsupported("%s does not support images", ModelNames.full(model.name()));
        }
        boolean wanted = think != Think.UNSET && think != Think.OFF;
        if (wanted && !model.can(Capability.THINKING)) {
            throw unsupported("\"%s\" does not support thinking", model.name());
        }
    }

    private InferenceStream answer(HttpUrl endpoint, String model, byte[] body) {
        return new AnswerStream(http.stream(endpoint, body), model, body.length, options, http.failures(), watchdog);
    }

    @Override
    public Embeddings embed(EmbedRequest request) {
        ModelDescriptor model = known(request.model());
        byte[] body = RequestWriter.embed(request, model.name());
        return EmbedCall.run(
                http.stream(embedEndpoint, body),
                model.name(),
                request.inputs().size(),
                body.length,
                http.failures(),
                watchdog);
    }

    @Override
    public LoadedModel load(String model, GenerationOptions loadOptions, Optional<Duration> keepAlive) {
        ModelDescriptor descriptor = known(model);
        boolean embedding = !descriptor.can(Capability.COMPLETION);
        byte[] body = RequestWriter.load(descriptor.name(), embedding, loadOptions, keepAlive);
        http.document(http.operation(embedding ? "/api/embed" : "/api/generate", body));
        return loaded().stream()
                .filter(row -> ModelNames.canonical(row.model().name()).equals(ModelNames.canonical(descriptor.name())))
                .findFirst()
                .orElseThrow(() -> new OpenClawException(
                        ErrorCode.PROVIDER_FAILED,
                        "Ollama loaded %s but does not list it among its running models".formatted(descriptor.name())));
    }

    @Override
    public void unload(String model) {
        find(model).ifPresent(descriptor -> management.unload(descriptor.name()));
    }

    @Override
    public List<LoadedModel> loaded() {
        return residence.read().stream()
                .flatMap(row -> find(row.name()).map(model -> loaded(model, row)).stream())
                .sorted(Comparator.comparing(LoadedModel::expiresAt).reversed())
                .toList();
    }

    private static LoadedModel loaded(ModelDescriptor model, Residence.Row row) {
        return new LoadedModel(model, row.size(), row.sizeVram(), row.contextLength(), instant(row.expiresAt()));
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** What Ollama reported for the same model and context goes before an estimate from the model's metadata. */
    @Override
    public OptionalLong memoryNeedBytes(String model, OptionalInt numCtx) {
        Optional<Catalogue.Entry> found = catalogue.find(model);
        if (found.isEmpty()) {
            return OptionalLong.empty();
        }
        ModelDescriptor descriptor = found.get().descriptor();
        ModelCard card = found.get().card();
        int wanted = numCtx.orElse(card.numCtx().orElse(options.defaultContext()));
        int context = Math.min(wanted, card.contextLength().orElse(wanted));
        return estimator.need(
                descriptor.digest().orElse(""), descriptor.sizeBytes().orElse(0), card, context);
    }

    /** As configured; else seven tenths of the memory of this machine, when Ollama runs on it. */
    @Override
    public OptionalLong memoryBytes() {
        if (options.memoryBytes().isPresent() || !http.isLocal()) {
            return options.memoryBytes();
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? OptionalLong.of(machine.getTotalMemorySize() / 10 * 7)
                : OptionalLong.empty();
    }

    @Override
    public Optional<ModelStore> store() {
        return Optional.of(store);
    }

    @Override
    public void close() {
        watchdog.close();
        http.close();
    }

    private ModelDescriptor known(String name) {
        return find(name)
                .orElseThrow(() -> OpenClawException.upstream(
                        ErrorCode.MODEL_NOT_FOUND, 404, "model '%s' not found".formatted(name)));
    }

    private static OpenClawException unsupported(String text, String model) {
        return OpenClawException.upstream(ErrorCode.UNSUPPORTED, 400, text.formatted(model));
    }
}
