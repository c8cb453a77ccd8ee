package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The chain node's REST interface, which asks nobody who they are. */
final class ChainRoutes implements HttpListener.Service {
    private static final BigInteger DEFAULT_FAUCET = BigInteger.valueOf(1_000_000L * 3600);
    private static final BigInteger MOST_FAUCET = BigInteger.valueOf(1_000_000_000L * 3600);

    private final Chain chain;
    private final QuirkBoard quirks;
    private final RateLimits limits;

    ChainRoutes(Chain chain, QuirkBoard quirks, RateLimits limits) {
        this.limits = limits;
        this.chain = chain;
        this.quirks = quirks;
    }

    @Override
    public HttpListener.Reply reply(ApiRequest request) {
        if (quirks.take(Quirk.CHAIN_DOWN)) {
            return HttpListener.Reply.reset();
        }
        if (quirks.take(Quirk.CHAIN_503)) {
            return HttpListener.Reply.whole(ApiResponse.detail(503, "Service Unavailable"));
        }
        return HttpListener.Reply.whole(handle(request));
    }

    private ApiResponse handle(ApiRequest request) {
        try {
            return dispatch(request);
        } catch (ApiFailure e) {
            return e.response();
        } catch (Validation.Failure e) {
            return ApiResponse.detail(422, e.text());
        } catch (Chain.Refused e) {
            return ApiResponse.detail(400, "Failed to submit transaction: " + e.reason());
        }
    }

    private ApiResponse dispatch(ApiRequest request) {
        String[] parts = request.path().split("/", -1);
        if (parts.length < 3 || !parts[1].equals("rpc")) {
            return notFound();
        }
        String resource = request.method() + " " + parts[2];
        return switch (parts.length) {
            case 3 ->
                switch (resource) {
                    case "GET head" -> head();
                    case "POST register-account" -> register(request.json());
                    case "POST faucet" -> faucet(request.json());
                    case "POST transaction" -> submit(request.json());
                    case "GET transactions" -> transactions(request);
                    case "GET mempool" -> mempool();
                    default -> notFound();
                };
            case 4 ->
                switch (resource) {
                    case "GET account", "GET accounts" -> account(parts[3]);
                    case "GET balance" -> balance(parts[3]);
                    case "GET transaction" -> transaction(parts[3]);
                    case "GET escrow" -> ApiResponse.ok(escrow(parts[3]).view());
                    case "POST escrow" -> parts[3].equals("create") ? createEscrow(request.json()) : notFound();
                    default -> notFound();
                };
            case 5 ->
                switch (resource + " " + parts[4]) {
                    case "POST escrow release" -> release(escrow(parts[3]));
                    case "POST escrow refund" -> refund(escrow(parts[3]));
                    default -> notFound();
                };
            default -> notFound();
        };
    }

    private static ApiResponse notFound() {
        return ApiResponse.detail(404, "Not Found");
    }

    private ApiResponse head() {
        return chain.head()
                .map(block -> ApiResponse.ok(Json.object()
                        .put("height", block.height())
                        .put("hash", block.hash())
                        .put("timestamp", TimeText.offset(block.at()))
                        .put("tx_count", block.transactions())))
                .orElseGet(() -> ApiResponse.detail(404, "no blocks yet"));
    }

    /** 0x, ait1 and aitbc1 are three spellings of the same 40 digits. */
    private static String address(String text) {
        String lower = Wallets.lowerCase(text);
        String plain = lower.startsWith("aitbc1")
                ? "0x" + lower.substring(6)
                : lower.startsWith("ait1") ? "0x" + lower.substring(4) : lower;
        if (!Wallets.isAddress(plain)) {
            throw ApiFailure.detail(400, "Invalid address");
        }
        return plain;
    }

    private ApiResponse register(ObjectNode body) {
        String address = address(Validation.requiredText(body, "address"));
        boolean created = chain.register(address);
        Optional<Chain.Account> account = chain.account(address);
        return ApiResponse.ok(Json.object()
                .put("success", true)
                .put("address", address)
                .put("chain_id", chain.chainId())
                .put("balance", account.map(Chain.Account::balance).orElse(0L))
                .put("nonce", account.map(Chain.Account::nonce).orElse(0L))
                .put("created", created)
                .put("message", created ? "Account created successfully" : "Account already exists"));
    }

    private ApiResponse faucet(ObjectNode body) {
        boolean limited = quirks.on(Quirk.REAL_RATE_LIMITS) || quirks.on(Quirk.AS_IS);
        if (limited && limits.exceeded("POST /rpc/faucet")) {
            return RateLimits.refusal();
        }
        String address = address(Validation.requiredText(body, "address"));
        BigInteger amount = Validation.present(body, "amount")
                .map(value -> Validation.integer(value, "body.amount"))
                .orElse(DEFAULT_FAUCET);
        if (amount.signum() <= 0 || amount.compareTo(MOST_FAUCET) > 0) {
            return ApiResponse.detail(400, "Invalid amount");
        }
        String hash = chain.mint(address, amount.longValue());
        return ApiResponse.ok(Json.object()
                .put("success", true)
                .put("address", address)
                .put("amount", amount)
                .put("tx_hash", hash.substring(2))
                .put("chain_id", chain.chainId())
                .put("message", "Faucet transaction completed"));
    }

    private ApiResponse account(String text) {
        String address = address(text);
        return chain.shownAccount(address)
                .map(account -> ApiResponse.ok(Json.object()
                        .put("address", "ait1" + address.substring(2))
                        .put("balance", account.balance())
                        .put("nonce", account.nonce())
                        .put("chain_id", chain.chainId())))
                .orElseGet(() -> ApiResponse.detail(404, "Account not found"));
    }

    private ApiResponse balance(String text) {
        String address = address(text);
        long units = chain.account(address).map(Chain.Account::balance).orElse(0L);
        return ApiResponse.ok(Json.object()
                .put("address", address)
                .put("available_balance", units)
                .put("staked", 0)
                .put("bridge_locked", 0)
                .put("total_balance", units));
    }

    private ApiResponse submit(ObjectNode body) {
        return ApiResponse.ok(Json.object()
                .put("success", true)
                .put("transaction_hash", chain.submit(body))
                .put("message", "Transaction submitted to mempool"));
    }

    private ApiResponse transaction(String hash) {
        return chain.transaction(hash)
                .map(ApiResponse::ok)
                .orElseGet(() -> ApiResponse.detail(404, "Transaction " + hash + " not found"));
    }

    private ApiResponse transactions(ApiRequest request) {
        Optional<String> address = request.query("address").map(ChainRoutes::address);
        Optional<String> type = request.query("transaction_type");
        int limit = request.query("limit")
                .map(text -> Validation.integer(text, "query.limit"))
                .map(value ->
                        value.max(BigInteger.ZERO).min(BigInteger.valueOf(1000)).intValue())
                .orElse(100);
        ArrayNode list = Json.array();
        chain.transactions(
                        view -> address.map(wanted -> is(view, "sender", wanted) || is(view, "recipient", wanted))
                                        .orElse(true)
                                && type.map(wanted -> is(view, "type", wanted)).orElse(true),
                        limit)
                .forEach(list::add);
        return ApiResponse.ok(list);
    }

    private static boolean is(ObjectNode view, String name, String text) {
        return Json.text(view, name).filter(text::equals).isPresent();
    }

    private ApiResponse mempool() {
        ArrayNode list = Json.array();
        chain.pending()
                .forEach(pending -> list.add(pending.transfer().deepCopy().put("tx_hash", pending.hash())));
        ObjectNode body = Json.object().put("success", true);
        body.set("transactions", list);
        return ApiResponse.ok(body.put("count", list.size()));
    }

    private Escrow escrow(String jobId) {
        return chain.escrows()
                .find(jobId)
                .orElseThrow(() -> ApiFailure.detail(404, "No escrow found for job_id=" + jobId));
    }

    private ApiResponse createEscrow(ObjectNode body) {
        BigDecimal amount = Validation.present(body, "amount")
                .map(value -> Validation.number(value, "body.amount"))
                .orElse(BigDecimal.ZERO);
        return chain.escrows()
                .create(
                        Validation.requiredText(body, "job_id"),
                        Validation.requiredText(body, "buyer"),
                        Validation.requiredText(body, "provider"),
                        amount)
                .map(escrow -> ApiResponse.ok(Json.object()
                        .put("success", true)
                        .put("contract_id", escrow.contractId)
                        .put("job_id", escrow.jobId)
                        .put("buyer", escrow.buyer)
                        .put("provider", escrow.provider)
                        .put("amount", amount.toPlainString())
                        .put("message", "Escrow created")))
                .orElseGet(() -> ApiResponse.detail(400, "Invalid contract inputs"));
    }

    /** Whoever asks for it; the measured amount a caller may send is not looked at. */
    private ApiResponse release(Escrow escrow) {
        Escrows.Settled settled = chain.escrows().release(escrow);
        checkDone(settled, escrow);
        return ApiResponse.ok(Json.object()
                .put("success", true)
                .put("job_id", escrow.jobId)
                .put("released_amount", escrow.payout().toPlainString())
                .put("tx_hash", settled.hash().orElse(null)));
    }

    private ApiResponse refund(Escrow escrow) {
        Escrows.Settled settled = chain.escrows().refund(escrow);
        checkDone(settled, escrow);
        return ApiResponse.ok(Json.object()
                .put("success", true)
                .put("job_id", escrow.jobId)
                .put("refunded_amount", escrow.held().toPlainString())
                .put("tx_hash", settled.hash().orElse(null)));
    }

    private static void checkDone(Escrows.Settled settled, Escrow escrow) {
        if (!settled.done()) {
            throw ApiFailure.detail(400, "Escrow is already " + escrow.state.wireName());
        }
    }
}
