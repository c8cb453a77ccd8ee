package io.aitbc.openclaw.provider.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.provider.ScriptedHttp;
import io.aitbc.openclaw.provider.coordinator.BaseUrl;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.CoordinatorServices;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.coordinator.TestingServices;
import io.aitbc.openclaw.provider.coordinator.Wallet;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The chain's node in the words it was recorded with. */
@Timeout(30)
class ChainClientTest {
    private static final Wallet WALLET =
            Wallet.of("0xabababababababababababababababababababababababababababababababab");
    private static final ChainAddress OURS = new ChainAddress(WALLET.address());
    private static final ChainAddress THEIRS = new ChainAddress("0x2c581a028cedc657fd1b754ab9de4eaaf9c6ca5d");
    private static final String HASH = "0x03d810f17ffaa070218151832e64e2874506371334f474a9eded9a17c1684aef";
    private static final String CONFIRMED = """
            {"transaction_id":2,"tx_hash":"%s","chain_id":"ait-lab","block_height":2,
             "sender":"0xe239cdc5fbe977a8a141b72194d3cf8c41bc5bc6","recipient":"0x2c581a028cedc657fd1b754ab9de4eaaf9c6ca5d",
             "payload":{"amount":3600},"type":"TRANSFER","status":"confirmed","created_at":"2026-11-22T11:38:46.131308+00:00",
             "timestamp":"2026-11-22 11:38:46.116219+00:00","nonce":%d,"value":3600,"fee":36}""";

    private final ScriptedHttp node = new ScriptedHttp();
    private final CallScope scope = new CallScope();
    private CoordinatorServices services;
    private ChainClient chain;

    @BeforeEach
    void start() {
        services = TestingServices.anonymous(node);
        BaseUrl url = BaseUrl.of("test", node.url() + "/rpc");
        chain = new ChainClient(url, services.caller("chain node"));
    }

    @AfterEach
    void stop() {
        services.close();
        node.close();
    }

    private void account(long nonce) {
        node.answer("GET /rpc/accounts/" + OURS, 200, """
                {"address":"ait1e239cdc5fbe977a8a141b72194d3cf8c41bc5bc6","balance":68364,"nonce":%d,"chain_id":"ait-lab"}""".formatted(nonce));
    }

    @Test
    void head_accounts_and_balances_are_read() {
        node.answer("GET /rpc/head", 200, """
                {"height":1,"hash":"0x6e96","timestamp":"2026-11-22T11:38:46.131308+00:00","tx_count":0}""");
        account(1);
        node.answer("GET /rpc/balance/" + OURS, 200, """
                {"address":"0xe2","available_balance":123456789012345678901234567890,"staked":0,"total_balance":7110}""");

        assertThat(chain.head(scope).orElseThrow().height()).isEqualTo(1);
        assertThat(chain.account(OURS, scope))
                .contains(new ChainAccount(OURS, BigInteger.valueOf(68364), 1, Optional.of("ait-lab")));
        assertThat(chain.account(THEIRS, scope)).isEmpty();
        assertThat(chain.balance(OURS, scope)).isEqualTo(new BigInteger("123456789012345678901234567890"));
    }

    @Test
    void a_chain_without_blocks_has_no_head() {
        node.answer("GET /rpc/head", 404, "{\"detail\":\"no blocks yet\"}");

        assertThat(chain.head(scope)).isEmpty();
    }

    @Test
    void a_transfer_is_sent_and_waited_for() {
        account(0);
        AtomicInteger looks = new AtomicInteger();
        node.on("POST /rpc/transaction", this::accept);
        node.on("GET /rpc/transaction/" + HASH, call -> {
            boolean mined = looks.incrementAndGet() > 2;
            call.send(mined ? 200 : 404, mined ? CONFIRMED.formatted(HASH, 0) : "{\"detail\":\"not found\"}");
        });

        ChainTransaction done =
                new Sender(chain, WALLET, "ait-lab").send(THEIRS, 3600, Map.of(), Duration.ofSeconds(10), scope);

        assertThat(done.hash()).isEqualTo(HASH);
        assertThat(done.height()).contains(2L);
        assertThat(done.value()).contains(BigInteger.valueOf(3600));
        assertThat(done.at()).contains(Instant.parse("2026-11-22T11:38:46.116219Z"));
    }

    private void accept(ScriptedHttp.Call call) throws IOException {
        call.send(200, "{\"success\":true,\"transaction_hash\":\"%s\",\"message\":\"ok\"}".formatted(HASH));
    }

    private static long nonce(ScriptedHttp.Call call) {
        JsonNode body = Json.MAPPER.readTree(call.body());
        return body.path("nonce").longValue();
    }

    @Test
    void a_stale_nonce_is_replaced_by_the_one_the_node_expects() {
        account(0);
        node.on("POST /rpc/transaction", call -> {
            if (nonce(call) == 7) {
                accept(call);
            } else {
                call.send(400, """
                        {"detail":"Failed to submit transaction: invalid nonce for sender 'x' on chain 'ait-lab': expected 7, got 0"}""");
            }
        });
        node.answer("GET /rpc/transactions", 200, "[]");
        node.answer("GET /rpc/transaction/" + HASH, 200, CONFIRMED.formatted(HASH, 7));
        Sender sender = new Sender(chain, WALLET, "ait-lab");

        assertThat(sender.send(THEIRS, 3600, Map.of(), Duration.ofSeconds(10), scope)
                        .nonce())
                .contains(7L);
        // The account's view is still stale: the next transfer uses what was learned.
        node.on("POST /rpc/transaction", call -> {
            assertThat(nonce(call)).isEqualTo(8);
            accept(call);
        });
        sender.send(THEIRS, 3600, Map.of(), Duration.ofSeconds(10), scope);
    }

    @Test
    void a_transfer_whose_answer_was_lost_is_handed_in_again_and_not_sent_twice() {
        account(0);
        AtomicInteger posts = new AtomicInteger();
        node.on("POST /rpc/transaction", call -> {
            if (posts.incrementAndGet() > 1) {
                call.send(400, """
                        {"detail":"Failed to submit transaction: invalid nonce for sender 'x' on chain 'ait-lab': expected 1, got 0"}""");
            }
        });
        node.answer("GET /rpc/transactions", 200, "[%s]".formatted(CONFIRMED.formatted(HASH, 0)));

        ChainTransaction done =
                new Sender(chain, WALLET, "ait-lab").send(THEIRS, 3600, Map.of(), Duration.ofSeconds(10), scope);

        assertThat(done.hash()).isEqualTo(HASH);
        assertThat(posts).hasValue(2);
    }

    @Test
    void a_refusal_says_why() {
        account(0);
        node.answer("POST /rpc/transaction", 400, """
                {"detail":"Failed to submit transaction: insufficient balance for sender 'x' on chain 'ait-lab': has 72000, needs 1000000035"}""");

        assertThat(Failures.assertFails(
                        ErrorCode.PROVIDER_FAILED,
                        () -> new Sender(chain, WALLET, "ait-lab")
                                .send(THEIRS, 999_999_999, Map.of(), Duration.ofSeconds(1), scope)))
                .hasMessageContaining("has 72000, needs 1000000035");
    }

    @Test
    void a_transfer_that_stays_in_the_pool_is_reported_with_its_nonce() {
        account(0);
        node.on("POST /rpc/transaction", this::accept);

        assertThat(Failures.assertFails(
                        ErrorCode.JOB_EXPIRED,
                        () -> new Sender(chain, WALLET, "ait-lab")
                                .send(THEIRS, 1, Map.of(), Duration.ofMillis(50), scope)))
                .hasMessageContaining(HASH)
                .hasMessageContaining("nonce 0");
    }

    @Test
    void pools_and_lists_are_read_as_objects_and_arrays() {
        node.answer("GET /rpc/mempool", 200, """
                {"success":true,"transactions":[{"tx_hash":"0x1","from":"ait1e239cdc5fbe977a8a141b72194d3cf8c41bc5bc6"}],"count":1}""");
        node.answer("GET /rpc/transactions", 200, "[%s,{}]".formatted(CONFIRMED.formatted(HASH, 0)));

        assertThat(chain.mempool("ait-lab", scope))
                .singleElement()
                .satisfies(it -> assertThat(it.sender()).contains(OURS));
        assertThat(chain.transactions(new TransactionQuery(Optional.of(OURS), Optional.of("TRANSFER"), 10), scope))
                .hasSize(1);
        assertThat(node.requests())
                .contains("GET /rpc/transactions?limit=10&address=%s&transaction_type=TRANSFER".formatted(OURS));
    }

    @Test
    void escrows_are_made_read_and_moved_once() {
        node.answer("POST /rpc/escrow/create", 200, "{\"success\":true,\"contract_id\":\"c\"}");
        node.answer("GET /rpc/escrow/j1", 200, """
                {"state":"created","amount":"1.02500000000","released_amount":"0","refunded_amount":0E-8}""");
        node.answer("POST /rpc/escrow/j1/release", 200, "{\"success\":true,\"tx_hash\":null}");
        node.answer("POST /rpc/escrow/j1/refund", 400, "{\"detail\":\"Escrow is already released\"}");

        assertThat(chain.createEscrow("j1", OURS, THEIRS, BigDecimal.ONE, scope))
                .isTrue();
        assertThat(chain.escrow("j1", scope).orElseThrow().amount().orElseThrow())
                .isEqualByComparingTo("1.025");
        assertThat(chain.escrow("j2", scope)).isEmpty();
        assertThat(chain.releaseEscrow("j1", scope)).isTrue();
        assertThat(chain.refundEscrow("j1", scope)).isFalse();
    }

    @Test
    void an_account_is_registered() {
        node.answer("POST /rpc/register-account", 200, """
                {"success":true,"address":"0xe239cdc5fbe977a8a141b72194d3cf8c41bc5bc6","chain_id":"ait-lab","balance":0,
                 "nonce":0,"created":true,"message":"Account created successfully"}""");

        assertThat(chain.register(OURS, "ait-lab", scope).balance()).isZero();
    }
}
