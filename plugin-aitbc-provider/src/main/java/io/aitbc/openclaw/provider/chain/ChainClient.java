package io.aitbc.openclaw.provider.chain;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.provider.coordinator.BaseUrl;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.Caller;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.coordinator.OnceBody;
import io.aitbc.openclaw.provider.coordinator.Reply;
import io.aitbc.openclaw.provider.coordinator.RouteClass;
import io.aitbc.openclaw.provider.coordinator.Wallet;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Client of a node of the AITBC chain, which is no EVM chain: its own REST interface below {@code /rpc}. It asks nobody who
 * they are; only transfers are signed. Safe for many threads.
 *
 * <p>Each call has a deadline of 15 seconds. All are repeated after failures: reads, a registration, a signed transfer (the
 * node knows it again), and changes of an escrow, which end in the same state.
 *
 * <p>Fails with {@link OpenClawException}: UNREACHABLE, OVERLOADED, MALFORMED_ANSWER, CANCELED, or PROVIDER_FAILED with the
 * node's status and text.
 */
public final class ChainClient {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_ROWS = 1000;

    private final BaseUrl base;
    private final Caller caller;

    /** @param base with or without {@code /rpc} is the same */
    public ChainClient(BaseUrl base, Caller caller) {
        this.base = base;
        this.caller = caller;
    }

    /** @return empty while there is no block */
    public Optional<ChainHead> head(CallScope scope) {
        return found("the chain's head", path("head"), scope).map(node -> ChainHead.parse("the chain's head", node));
    }

    /** @return empty when the chain does not know the account; balance and nonce may be 30 seconds old */
    public Optional<ChainAccount> account(ChainAddress address, CallScope scope) {
        return found("an account", path("accounts", address.text()), scope)
                .map(node -> ChainAccount.parse("an account", node));
    }

    /** What the account may spend now, in base units. */
    public BigInteger balance(ChainAddress address, CallScope scope) {
        String source = "a balance";
        JsonNode node = found(source, path("balance", address.text()), scope)
                .orElseThrow(() -> Json.malformed(source, "there is none"));
        return Units.of(node, "available_balance")
                .orElseThrow(() -> Json.malformed(source, "it has no usable available_balance"));
    }

    /** Makes an account known to the chain, which it must be before it can receive; again does nothing. */
    public ChainAccount register(ChainAddress address, String chainId, CallScope scope) {
        ObjectNode body =
                Json.MAPPER.createObjectNode().put("address", address.text()).put("chain_id", chainId);
        return ChainAccount.parse("a registration", post("a registration", path("register-account"), body, scope));
    }

    /**
     * Hands in a signed transfer; the same one twice is one transfer.
     *
     * @return its hash; it counts once it is in a block
     */
    public String submit(Transfer transfer, Wallet wallet, CallScope scope) {
        String source = "a transaction";
        String body = transfer.signed(wallet);
        Reply reply = post(path("transaction"), body, scope);
        return Json.line(Json.tree(source, caller.body(source, reply)), "transaction_hash")
                .orElseThrow(() -> Json.malformed(source, "it has no transaction_hash"));
    }

    /** @return empty while it is in no block, also when it never will be */
    public Optional<ChainTransaction> transaction(String hash, CallScope scope) {
        return found("a transaction", path("transaction", hash), scope).flatMap(ChainTransaction::parse);
    }

    /** Transactions in blocks. */
    public List<ChainTransaction> transactions(TransactionQuery query, CallScope scope) {
        HttpUrl.Builder url = path("transactions").addQueryParameter("limit", Integer.toString(query.limit()));
        query.address().ifPresent(address -> url.addQueryParameter("address", address.text()));
        query.type().ifPresent(type -> url.addQueryParameter("transaction_type", type));
        return rows("the transactions", url, scope);
    }

    /** Transactions that wait for a block. */
    public List<ChainTransaction> mempool(String chainId, CallScope scope) {
        return rows("the pool", path("mempool").addQueryParameter("chain_id", chainId), scope);
    }

    private List<ChainTransaction> rows(String source, HttpUrl.Builder url, CallScope scope) {
        JsonNode node = Json.tree(source, caller.body(source, get(url, scope)));
        return Json.rows(
                source, node.isObject() ? node.path("transactions") : node, MOST_ROWS, ChainTransaction::parse);
    }

    /** @return empty when there is none for the job */
    public Optional<EscrowView> escrow(String jobId, CallScope scope) {
        return found("an escrow", path("escrow", jobId), scope).map(node -> EscrowView.parse("an escrow", node));
    }

    /**
     * Writes down that a job will be paid. This moves no coins.
     *
     * @param amount AIT
     * @return false when the node refuses it, as it does for a job that has one
     */
    public boolean createEscrow(
            String jobId, ChainAddress buyer, ChainAddress provider, BigDecimal amount, CallScope scope) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("job_id", jobId)
                .put("buyer", buyer.text())
                .put("provider", provider.text())
                .put("amount", amount.toPlainString());
        return accepted("an escrow", path("escrow", "create"), body, scope);
    }

    /** @return false when it went elsewhere already */
    public boolean releaseEscrow(String jobId, CallScope scope) {
        return accepted(
                "the release of an escrow", path("escrow", jobId, "release"), Json.MAPPER.createObjectNode(), scope);
    }

    /** What the node names as the transaction of a refund is none. @return false when it went elsewhere already */
    public boolean refundEscrow(String jobId, CallScope scope) {
        return accepted(
                "the refund of an escrow", path("escrow", jobId, "refund"), Json.MAPPER.createObjectNode(), scope);
    }

    private boolean accepted(String source, HttpUrl.Builder url, ObjectNode body, CallScope scope) {
        Reply reply = post(url, Json.MAPPER.writeValueAsString(body), scope);
        if (reply.status() == 400) {
            return false;
        }
        caller.body(source, reply);
        return true;
    }

    private HttpUrl.Builder path(String... segments) {
        HttpUrl.Builder url = base.path("rpc");
        for (String segment : segments) {
            url.addPathSegment(segment);
        }
        return url;
    }

    private Optional<JsonNode> found(String source, HttpUrl.Builder url, CallScope scope) {
        Reply reply = get(url, scope);
        return reply.status() == 404 ? Optional.empty() : Optional.of(Json.tree(source, caller.body(source, reply)));
    }

    private Reply get(HttpUrl.Builder url, CallScope scope) {
        HttpUrl built = url.build();
        return caller.repeatableOpen(
                RouteClass.CHAIN_READ, request -> request.url(built).build(), PATIENCE, scope);
    }

    private JsonNode post(String source, HttpUrl.Builder url, ObjectNode body, CallScope scope) {
        return Json.tree(source, caller.body(source, post(url, Json.MAPPER.writeValueAsString(body), scope)));
    }

    private Reply post(HttpUrl.Builder url, String json, CallScope scope) {
        HttpUrl built = url.build();
        return caller.repeatableOpen(
                RouteClass.CHAIN_WRITE,
                request -> request.url(built).post(new OnceBody(json)).build(),
                PATIENCE,
                scope);
    }
}
