package io.aitbc.openclaw.devnet;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A way in which the devnet misbehaves on purpose, or, with {@link #IDEAL}, stops to. Everything the real network does by
 * default, good or bad, needs no quirk.
 */
public enum Quirk {
    /**
     * The network as it should be: failed jobs are FAILED, models are never substituted, a canceled job stays canceled,
     * only the assigned miner may report and only once, and money of jobs that did not complete goes back by itself.
     */
    IDEAL("the network as it should be: honest failures, no substitution, final states, automatic refunds"),

    /**
     * What the devnet eases by default is as on the network: {@link #ACCOUNT_CACHE} and {@link #REAL_RATE_LIMITS} apply.
     * {@link #IDEAL} is the other end.
     */
    AS_IS("what the devnet eases is as on the network: account-cache and real-rate-limits"),

    /** Every job ends COMPLETED, paid and with a receipt, but its result says {@code status: failed}. */
    FAILED_AS_COMPLETED("every job is COMPLETED and paid, its result says status=failed"),
    /** The miner computes with another model than the job names and says so only in {@code result.model}. */
    MODEL_SUBSTITUTED("the miner uses another model and says so only in result.model"),
    /** A job that is canceled before a miner took it is computed nevertheless and becomes COMPLETED. */
    LATE_RESULT_AFTER_CANCEL("a job canceled while it is QUEUED is computed anyway; a RUNNING one always is"),
    /** Each result is followed by a second, different one with a receipt of its own. */
    DUPLICATE_RESULT("each result is followed by a second, different one"),
    /** The result is posted by a miner the job was not assigned to. */
    FOREIGN_PROVIDER("results come from a miner the job was not assigned to"),
    /** The miner is dead: jobs stay QUEUED. */
    JOB_NEVER_READY("the miner is dead, jobs stay QUEUED"),
    /** The miner takes a job and does not go on until the quirk is switched off. */
    MINER_HANGS("the miner takes a job and hangs until the quirk is off"),
    /** The miner dies while it computes and starts again; the job stays RUNNING until it expires. */
    MINER_CRASHES_MIDWAY("the miner dies while computing, the job stays RUNNING"),
    /**
     * A miner of a better reputation registered once, counts as ONLINE and never polls: the others get nothing. It ends when
     * somebody deregisters it.
     */
    GHOST_MINER("a dead miner of a better reputation starves the others until it is deregistered"),

    /** Receipts are signed wrongly. */
    WRONG_SIGNATURE("receipt signatures do not verify"),
    /** Receipts are signed well, by a key nobody trusts. */
    WRONG_KEY("receipts are signed by another key"),
    /** {@code zk_status} says verified although no proof was made; no signature covers it. */
    TAMPERED_ZK_STATUS("zk_status says verified without any proof"),
    /** The coordinator has no signing key: there are no receipts. */
    NO_SIGNING_KEY("no signing key: receipts are null or 404"),
    /** The text of the result is not the one the receipt was signed for. */
    TAMPERED_RESULT("the result differs from the one in the signed receipt"),
    /** A job is answered with the receipt of an earlier job, where there is one. */
    REPLAYED_RECEIPT("the receipt is the one of an earlier job"),

    /** While a proof is made, every route of the coordinator waits for {@link DevnetOptions#stall()}. */
    SLOW_PROVING("making a proof holds up every route of the coordinator for the stall"),
    /** Proofs cannot be made: {@code zk_status} is {@code generation_failed}. */
    ZK_GENERATION_FAILED("proofs fail: generation_failed, the money stays in escrow"),
    /** Proofs are made and do not verify: {@code zk_status} is {@code verification_failed: …}. */
    ZK_VERIFICATION_FAILED("proofs fail: verification_failed, the money stays in escrow"),
    /** The proof verifies and states that the computation was wrong (public signal 0); the coordinator says verified. */
    ZK_WRONG_COMPUTATION("a valid proof states that the inference was wrong; zk_status says verified"),
    /** The proof was altered and verifies nowhere; the coordinator says verified. */
    ZK_ALTERED_PROOF("the attached proof does not verify; zk_status says verified"),

    /** Payments of new jobs are skipped: the job runs, nothing is in escrow. */
    PAYMENT_SKIPPED("payments are skipped"),
    /** The chain cannot be reached: payments of new jobs stay pending. */
    PAYMENT_PENDING("payments stay pending, as with an unreachable chain"),
    /** Every release has no transaction hash and moves no money, as otherwise a second one within 30 s. */
    RELEASE_WITHOUT_HASH("every release has no transaction hash and moves no money"),
    /** Balance and nonce of {@code /rpc/accounts} are up to 30 s old. */
    ACCOUNT_CACHE("/rpc/accounts shows balances and nonces up to 30 s old"),

    /** The chain node resets every connection; payments of new jobs stay pending. */
    CHAIN_DOWN("the chain node resets every connection, payments stay pending"),
    /** The chain node answers 503; payments of new jobs stay pending. */
    CHAIN_503("the chain node answers 503, payments stay pending"),

    /** Every answer takes {@link DevnetOptions#stall()} longer, as while the coordinator makes a proof. */
    SLOW_COORDINATOR("every answer of the coordinator is delayed by the stall"),
    /** Every request fails with 500. */
    HTTP_500("every request fails with 500"),
    /** Every request fails with the 503 page of a reverse proxy. */
    HTTP_503("every request fails with a reverse proxy's 503 page"),
    /** Every request fails with 429 and {@code Retry-After: 60}. */
    RATE_LIMITED("every request fails with 429"),
    /** The real limits per route and minute apply; the devnet is polled too fast for them otherwise. */
    REAL_RATE_LIMITS("the real limits per route and minute apply"),
    /** Connections are reset (TCP RST) when a request arrives. */
    CONNECTION_RESET("connections are reset when a request arrives"),
    /** Answers end in the middle of their body. */
    TRUNCATED_BODY("answers end in the middle of their body"),
    /** Answers are whole, but no JSON. */
    MALFORMED_JSON("answers are not valid JSON"),
    /** A job is created and the connection reset before the answer. */
    LOST_POST("a job is created, its answer never arrives"),
    /** A job is created and the answer is 500. */
    ERROR_AFTER_COMMIT("a job is created, the answer is 500"),
    /** Logins fail with 401. */
    LOGIN_REFUSED("logins fail"),
    /** Tokens live for one second. */
    EXPIRED_TOKEN("tokens live for one second"),

    /** What miners report over HTTP, results and failures, fails with the 503 page of a reverse proxy; all else goes on. */
    RESULTS_503("results and failures that miners report over HTTP fail with a reverse proxy's 503 page"),

    /** The marketplace service lists no offers. */
    EMPTY_OFFERS("the marketplace lists no offers"),
    /** The marketplace service resets every connection. */
    MARKETPLACE_DOWN("the marketplace service resets every connection"),
    /** The marketplace service answers 429 to everything. */
    MARKETPLACE_LIMITED("the marketplace service answers 429"),
    /** The agent registry has lost its database and answers 503. */
    REGISTRY_DOWN("the agent registry answers 503"),

    /** The coordinator's own Ollama is down: direct inference answers 503, or an error inside a 200 stream. */
    HUB_ENGINE_DOWN("direct inference on the hub is unavailable"),
    /** Streams of direct inference end without their last event. */
    SSE_TRUNCATED("streams of direct inference end without done"),
    /** Connections are reset (TCP RST) in the middle of a stream of direct inference. */
    SSE_RESET("streams of direct inference are reset in their middle"),

    /** A miner's public endpoint redirects elsewhere. */
    ENDPOINT_REDIRECTS("public endpoints of miners redirect to a link-local address"),
    /** A miner's public endpoint takes a request and does not answer until the quirk is off. */
    ENDPOINT_HANGS("public endpoints of miners do not answer until the quirk is off"),
    /** A miner's public endpoint streams for ever. */
    ENDPOINT_ENDLESS("public endpoints of miners stream without an end"),
    /** A miner's public endpoint resets the connection in the middle of its answer. */
    ENDPOINT_CUT("public endpoints of miners reset the connection midway"),
    /** A miner's public endpoint says that another model answered. */
    ENDPOINT_LIES("public endpoints of miners name another model");

    private final String description;

    Quirk(String description) {
        this.description = description;
    }

    /** The name used on command lines and in tables: {@code wrong-key}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it does, in a few words. */
    public String description() {
        return description;
    }

    /** Finds a quirk by its {@link #wireName()}. */
    public static Optional<Quirk> find(String wireName) {
        return Arrays.stream(values())
                .filter(quirk -> quirk.wireName().equals(wireName))
                .findFirst();
    }

    /**
     * Finds a quirk by its {@link #wireName()}.
     *
     * @throws OpenClawException {@link ErrorCode#INVALID_CONFIG} when there is none of that name
     */
    public static Quirk of(String wireName) {
        return find(wireName.strip()).orElseThrow(() -> {
            String known = Arrays.stream(values()).map(Quirk::wireName).collect(Collectors.joining(", "));
            return new OpenClawException(
                    ErrorCode.INVALID_CONFIG, "unknown devnet quirk '%s'; known: %s".formatted(wireName, known));
        });
    }
}
