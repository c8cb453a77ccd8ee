package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.Departure;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelDetails;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.RouteQuery;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import io.aitbc.openclaw.provider.coordinator.Backoff;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.CoordinatorClient;
import io.aitbc.openclaw.provider.coordinator.MarketplaceClient;
import io.aitbc.openclaw.provider.direct.DirectPayments;
import io.aitbc.openclaw.provider.direct.Escrows;
import io.aitbc.openclaw.provider.ledger.Ledger;
import io.aitbc.openclaw.provider.privacy.PrivacyGate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Models of AITBC miners. An answer is a job of the network, or comes from the endpoint an offer names. */
final class AitbcInferenceProvider implements InferenceProvider {
    static final String ID = "aitbc";

    private static final Logger log = LoggerFactory.getLogger(AitbcInferenceProvider.class);

    private final PluginContext context;
    private final AitbcSettings settings;
    private final CoordinatorClient client;
    private final OfferCatalogue offers;
    private final RequestPolicy policy;
    private final JobRun.Tools tools;
    private final PrivacyGate gate;
    private final DirectTransport direct;
    private final RunningJobs running = new RunningJobs();
    private final CallScope background = new CallScope();
    private final Reconciler reconciler;
    private final ScheduledFuture<?> refresh;

    /** @param escrows where direct answers are paid; absent: only those that cost nothing are bought */
    AitbcInferenceProvider(
            PluginContext context,
            AitbcSettings settings,
            Ledger ledger,
            Optional<Escrows> escrows,
            RandomGenerator random) {
        this.context = context;
        this.settings = settings;
        Services services = Services.of(context, settings, random);
        this.client = services.coordinator().coordinator();
        MarketplaceClient marketplace = services.coordinator().marketplace();
        this.offers = new OfferCatalogue(
                () -> marketplace.softwareOffers(background),
                new CatalogueBuilder(settings.usedContextLength()),
                settings.offerRefresh(),
                context.clock());
        this.policy = new RequestPolicy(settings.refuseIgnoredOptions());
        WorkCheck work = new WorkCheck(context.extensions());
        this.tools = new JobRun.Tools(
                client,
                ledger,
                new Settlement(
                        client,
                        ledger,
                        new PaymentChecks(
                                context.outbox(), settings.access().chain().isPresent(), context.clock())),
                new ReceiptChecks(context.outbox(), ledger, context.clock()),
                work,
                new AnswerCheck(
                        new ReceiptCheck(context.extensions(), settings.trustedReceiptKeys()),
                        new ReceiptProofCheck(context.extensions()),
                        work,
                        settings.requireReceipt()),
                new Backoff(random),
                settings);
        this.gate = new PrivacyGate(settings.privacy(), settings.redactor());
        Optional<DirectPayments> payments =
                escrows.map(chain -> new DirectPayments(ledger, chain, client::requireYoungEnough));
        this.direct = new DirectTransport(context, settings, ledger, payments, running);
        this.reconciler =
                new Reconciler(client, ledger, tools.settlement(), payments, settings, context.clock(), background);
        this.refresh = context.scheduler()
                .scheduleWithFixedDelay(
                        this::refreshSoon, 0, settings.offerRefresh().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refreshSoon() {
        context.executor().execute(offers::refresh);
        if (settings.wallet().isPresent()
                || settings.access().account().apiKey().isPresent()) {
            context.executor().execute(this::clearUp);
        }
    }

    private void clearUp() {
        reconciler.run();
        try {
            client.cancelTwins(background);
        } catch (OpenClawException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("aitbc duplicates not looked for");
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Placement placement() {
        return Placement.NETWORK;
    }

    @Override
    public List<ModelDescriptor> catalogue() {
        return offers.current().advertised().stream()
                .map(NetworkModel::descriptor)
                .toList();
    }

    @Override
    public Optional<ModelDescriptor> find(String name) {
        return model(name).map(NetworkModel::descriptor);
    }

    private Optional<NetworkModel> model(String name) {
        return Optional.ofNullable(offers.current().byKey().get(ModelNames.key(name)));
    }

    @Override
    public Optional<ModelDetails> show(String name, boolean verbose) {
        return find(name).map(descriptor -> {
            Map<String, Object> info = new LinkedHashMap<>();
            // The offers do not tell the architecture; clients look for the context length below its name.
            info.put("general.architecture", ID);
            descriptor.contextLength().ifPresent(length -> {
                info.put(ID + ".context_length", (long) length);
                info.put(
                        ID + ".context_length_assumed", settings.contextLength().isEmpty());
            });
            return new ModelDetails(
                    descriptor,
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    info,
                    List.of());
        });
    }

    @Override
    public boolean redacts() {
        return true;
    }

    @Override
    public InferenceStream chat(ChatRequest request) {
        NetworkModel model = require(request.model());
        PrivacyGate.Passed<ChatRequest> passed = gate.pass(request, model.remoteName());
        ChatRequest leaving = passed.request();
        return passed.restored(seller(model, leaving)
                .map(seller -> direct.ask(seller, leaving))
                .orElseGet(() -> {
                    List<String> ignored = policy.check(leaving);
                    return start(
                            model, prompt(leaving), leaving.tools(), leaving.settings(), leaving.context(), ignored);
                }));
    }

    @Override
    public InferenceStream generate(GenerateRequest request) {
        NetworkModel model = require(request.model());
        PrivacyGate.Passed<GenerateRequest> passed = gate.pass(request, model.remoteName());
        GenerateRequest leaving = passed.request();
        return passed.restored(direct.seller(model, false)
                .map(seller -> direct.ask(seller, leaving))
                .orElseGet(() -> {
                    List<String> ignored = policy.check(leaving);
                    return start(model, prompt(leaving), List.of(), leaving.settings(), leaving.context(), ignored);
                }));
    }

    @Override
    public Optional<Departure> preview(ChatRequest request) {
        NetworkModel model = require(request.model());
        PrivacyGate.Passed<ChatRequest> passed = gate.pass(request, model.remoteName());
        ChatRequest leaving = passed.request();
        return Optional.of(passed.described(seller(model, leaving)
                .map(seller -> direct.preview(seller, leaving))
                .orElseGet(() -> {
                    policy.check(leaving);
                    return job(prompt(leaving));
                })));
    }

    @Override
    public Optional<Departure> preview(GenerateRequest request) {
        NetworkModel model = require(request.model());
        PrivacyGate.Passed<GenerateRequest> passed = gate.pass(request, model.remoteName());
        GenerateRequest leaving = passed.request();
        return Optional.of(passed.described(direct.seller(model, false)
                .map(seller -> direct.preview(seller, leaving))
                .orElseGet(() -> {
                    policy.check(leaving);
                    return job(prompt(leaving));
                })));
    }

    private Optional<DirectSeller> seller(NetworkModel model, ChatRequest request) {
        return direct.seller(model, !request.tools().isEmpty());
    }

    private static String prompt(ChatRequest request) {
        return PromptRenderer.chat(request.messages(), request.tools());
    }

    private static String prompt(GenerateRequest request) {
        return PromptRenderer.completion(request.system(), request.prompt());
    }

    private Departure job(String prompt) {
        return new Departure(ID, "job", settings.coordinator() + "/v1/jobs", prompt, Map.of());
    }

    @Override
    public Embeddings embed(EmbedRequest request) {
        require(request.model());
        throw new OpenClawException(
                ErrorCode.UNSUPPORTED,
                "AITBC miners do not embed: %s cannot be used for it".formatted(request.model()));
    }

    @Override
    public Optional<TokenAmount> quote(RouteQuery query) {
        NetworkModel model = require(query.model());
        TokenAmount price = direct.seller(model, query.needs().contains(Capability.TOOLS))
                .map(seller -> direct.price(seller, query.promptTokens(), query.numPredict()))
                .orElseGet(() -> price(model, query.promptTokens(), query.numPredict()));
        return price.units().signum() == 0 ? Optional.empty() : Optional.of(price);
    }

    private NetworkModel require(String name) {
        return model(name)
                .orElseThrow(() -> new OpenClawException(
                        ErrorCode.MODEL_NOT_FOUND, "model '%s' not found".formatted(Texts.line(name))));
    }

    private TokenAmount price(NetworkModel model, int promptTokens, OptionalInt numPredict) {
        return Pricing.most(model.cheapest().price(), promptTokens, settings.outputTokens(numPredict));
    }

    private InferenceStream start(
            NetworkModel model,
            String prompt,
            List<ToolDefinition> toolDefinitions,
            InferenceSettings request,
            RequestContext asker,
            List<String> ignored) {
        requireKey(model);
        int promptTokens = Pricing.promptTokens(prompt);
        requireFit(model, prompt);
        TokenAmount price = price(model, promptTokens, request.options().numPredict());
        Pricing.requireWithin(asker, price);
        Order order = new Order(
                "oc-" + UUID.randomUUID(),
                model.descriptor().name(),
                model.remoteName(),
                model.cheapest(),
                model.pinned(),
                prompt,
                price,
                toolDefinitions,
                request.options().stop(),
                ignored);
        tools.ledger()
                .reserve(
                        order.reference(),
                        price,
                        order.offer().providerAddress(),
                        "request " + Texts.line(asker.requestId()));
        return run(order);
    }

    private InferenceStream run(Order order) {
        CallScope scope = new CallScope();
        JobStream stream = new JobStream(scope);
        try {
            running.start(context.executor(), scope, cleanup -> new JobRun(order, tools, scope, cleanup, stream));
        } catch (RejectedExecutionException e) {
            tools.ledger().release(order.reference(), "not started");
            throw new OpenClawException(ErrorCode.PLUGIN_UNAVAILABLE, "The AITBC plugin is being unloaded");
        }
        return stream;
    }

    /** An API key lets us in at an old coordinator; what costs something needs the wallet too. */
    private void requireKey(NetworkModel model) {
        boolean free = model.cheapest().price().signum() == 0;
        boolean key = free && settings.access().account().apiKey().isPresent();
        if (settings.wallet().isEmpty() && !key) {
            throw new OpenClawException(
                    ErrorCode.MISSING_KEY,
                    "No AITBC wallet key: set plugins.aitbc-provider.wallet-key or wallet-key-file to use the network");
        }
    }

    /** By a low estimate: only what surely does not fit is refused. */
    private void requireFit(NetworkModel model, String prompt) {
        long least = prompt.codePointCount(0, prompt.length()) / 5;
        settings.usedContextLength().ifPresent(length -> {
            if (least > length) {
                throw new OpenClawException(
                        ErrorCode.CONTEXT_OVERFLOW,
                        "The prompt of about %d tokens exceeds the context length of %s (%d tokens)"
                                .formatted(least, model.descriptor().name(), length));
            }
        });
    }

    /** Ends all jobs, and waits a little until their money is accounted for. */
    @Override
    public void close() {
        refresh.cancel(false);
        background.cancel();
        running.close();
        direct.close();
    }
}
