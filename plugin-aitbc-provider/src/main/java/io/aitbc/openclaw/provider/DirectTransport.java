package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.Departure;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.direct.DirectHttp;
import io.aitbc.openclaw.provider.direct.DirectOrder;
import io.aitbc.openclaw.provider.direct.DirectPayments;
import io.aitbc.openclaw.provider.direct.DirectQuestion;
import io.aitbc.openclaw.provider.direct.DirectRun;
import io.aitbc.openclaw.provider.direct.RecentFailures;
import io.aitbc.openclaw.provider.ledger.Ledger;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;

/** Asks providers at their own endpoints: the answer streams, nobody signs for it. */
final class DirectTransport implements AutoCloseable {
    private final PluginContext context;
    private final AitbcSettings settings;
    private final Ledger ledger;
    private final RunningJobs running;
    private final DirectSellers sellers;
    private final DirectHttp http;
    private final DirectRun.Tools tools;

    /** @param payments absent: only offers that cost nothing are used */
    DirectTransport(
            PluginContext context,
            AitbcSettings settings,
            Ledger ledger,
            Optional<DirectPayments> payments,
            RunningJobs running) {
        this.context = context;
        this.settings = settings;
        this.ledger = ledger;
        this.running = running;
        RecentFailures failures = new RecentFailures(context.clock());
        this.sellers = new DirectSellers(settings.direct(), failures);
        this.http = new DirectHttp(
                settings.direct().rules(),
                settings.direct().limits(),
                settings.direct().authorities());
        this.tools = new DirectRun.Tools(AitbcInferenceProvider.ID, http, payments, context.scheduler(), failures::add);
    }

    /**
     * Who is asked.
     *
     * @param tools whether the request has tools, which a job can describe to any model
     * @return empty when the request travels as a job
     */
    Optional<DirectSeller> seller(NetworkModel model, boolean tools) {
        return sellers.choose(model, tools && settings.wallet().isPresent());
    }

    InferenceStream ask(DirectSeller seller, ChatRequest request) {
        return ask(seller, question(seller, request), request.settings(), request.context());
    }

    InferenceStream ask(DirectSeller seller, GenerateRequest request) {
        return ask(seller, question(seller, request), request.settings(), request.context());
    }

    Departure preview(DirectSeller seller, ChatRequest request) {
        return departure(seller, question(seller, request));
    }

    Departure preview(DirectSeller seller, GenerateRequest request) {
        return departure(seller, question(seller, request));
    }

    private static Departure departure(DirectSeller seller, DirectQuestion question) {
        return new Departure(
                AitbcInferenceProvider.ID,
                "direct",
                seller.endpoint() + "/" + question.path(),
                question.json(),
                Map.of());
    }

    private DirectQuestion question(DirectSeller seller, ChatRequest request) {
        if (request.messages().isEmpty()) {
            throw new OpenClawException(ErrorCode.INVALID_REQUEST, "A chat needs at least one message");
        }
        ChatRequest limited = new ChatRequest(
                request.model(),
                request.messages(),
                request.tools(),
                limited(seller, request.settings()),
                request.context());
        return DirectQuestion.of(limited, seller.model().remoteName());
    }

    private DirectQuestion question(DirectSeller seller, GenerateRequest request) {
        GenerateRequest limited = new GenerateRequest(
                request.model(),
                request.prompt(),
                request.suffix(),
                request.system(),
                request.template(),
                request.contextTokens(),
                request.raw(),
                request.images(),
                limited(seller, request.settings()),
                request.context());
        return DirectQuestion.of(limited, seller.model().remoteName());
    }

    /** An answer is paid for up to a length, so it is asked for up to that length. */
    private InferenceSettings limited(DirectSeller seller, InferenceSettings asked) {
        OptionalInt length = asked.options().numPredict();
        boolean stated = length.isPresent() && length.getAsInt() > 0;
        return seller.free() || stated
                ? asked
                : asked.withOptions(asked.options().with("num_predict", (long) settings.maxOutputTokens()));
    }

    TokenAmount price(DirectSeller seller, int promptTokens, OptionalInt numPredict) {
        return Pricing.most(seller.offer().price(), promptTokens, settings.outputTokens(numPredict));
    }

    private InferenceStream ask(
            DirectSeller seller, DirectQuestion question, InferenceSettings asked, RequestContext asker) {
        TokenAmount price = price(
                seller, Pricing.promptTokens(question.json()), asked.options().numPredict());
        Pricing.requireWithin(asker, price);
        DirectOrder order = new DirectOrder(
                DirectPayments.PREFIX + UUID.randomUUID(),
                seller.endpoint(),
                question,
                seller.offer().nodeId(),
                price,
                seller.offer().providerAddress(),
                RequestPolicy.ignoredDirectly(asked));
        if (!order.free()) {
            settings.requireWallet();
            if (tools.payments().isEmpty()) {
                throw new OpenClawException(
                        ErrorCode.INVALID_CONFIG, "Nothing can be paid directly: set plugins.aitbc-provider.chain-url");
            }
            ledger.reserve(order.reference(), price, "direct request " + Texts.line(asker.requestId()));
        }
        return run(order);
    }

    private InferenceStream run(DirectOrder order) {
        CallScope scope = new CallScope();
        JobStream stream = new JobStream(scope);
        try {
            running.start(context.executor(), scope, cleanup -> new DirectRun(order, tools, scope, cleanup, stream));
        } catch (RejectedExecutionException e) {
            if (!order.free()) {
                ledger.release(order.reference(), "not started");
            }
            throw new OpenClawException(ErrorCode.PLUGIN_UNAVAILABLE, "The AITBC plugin is being unloaded");
        }
        return stream;
    }

    @Override
    public void close() {
        http.close();
    }
}
