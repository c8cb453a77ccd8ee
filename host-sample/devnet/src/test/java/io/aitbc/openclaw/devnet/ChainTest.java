package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ChainTest {
    private static final TestingWallet WALLET = TestingWallet.RECORDED;

    private final TestingClock clock = new TestingClock();
    private final Devnet devnet = Devnet.start(
            DevnetOptions.defaults().withClock(clock).withBlockTime(Duration.ofHours(1)),
            new TestingEngine("wren-tiny:latest"));
    private final TestingHttp chain = new TestingHttp(devnet.chainUrl());

    @AfterEach
    void close() {
        devnet.close();
    }

    private TestingHttp.Answer post(String path, ObjectNode body) {
        return chain.send("POST", path, Map.of("Content-Type", "application/json"), WireJson.text(body));
    }

    private void faucet(long units) {
        ObjectNode body = Json.object().put("address", WALLET.address()).put("amount", units);
        assertThat(post("/rpc/faucet", body).status()).isEqualTo(200);
    }

    private JsonNode account(String address) {
        return chain.get("/rpc/accounts/" + address, Map.of()).json();
    }

    private static ObjectNode transfer(long amount, long nonce) {
        ObjectNode transaction = Json.object()
                .put("from", WALLET.address())
                .put("to", TestingClient.PROVIDER)
                .put("amount", amount)
                .put("fee", 36)
                .put("nonce", nonce)
                .put("type", "TRANSFER")
                .put("chain_id", "ait-devnet");
        transaction.putObject("payload").put("amount", amount);
        return transaction;
    }

    private static ObjectNode signed(ObjectNode transaction) {
        byte[] text = CanonicalJson.text(transaction).getBytes(StandardCharsets.UTF_8);
        return transaction.put("signature", WALLET.signHash(Wallets.keccak256(text)));
    }

    @Test
    void a_signed_transfer_moves_money_with_the_next_block() {
        faucet(72_000);
        String hash = post("/rpc/transaction", signed(transfer(3600, 0)))
                .json()
                .path("transaction_hash")
                .stringValue();
        assertThat(chain.get("/rpc/transaction/" + hash, Map.of()).status()).isEqualTo(404);
        assertThat(chain.get("/rpc/mempool", Map.of()).json().path("count").intValue())
                .isEqualTo(1);

        clock.advance(Duration.ofHours(2));

        assertThat(chain.get("/rpc/transaction/" + hash, Map.of())
                        .json()
                        .path("value")
                        .longValue())
                .isEqualTo(3600);
        assertThat(account(WALLET.address()).path("balance").longValue()).isEqualTo(72_000 - 3600 - 36);
        assertThat(account(WALLET.address()).path("nonce").longValue()).isEqualTo(1);
        assertThat(account("ait1" + TestingClient.PROVIDER.substring(2))
                        .path("balance")
                        .longValue())
                .isEqualTo(3600);
        assertThat(chain.get("/rpc/head", Map.of()).json().path("height").longValue())
                .isEqualTo(2);
        assertThat(chain.get("/rpc/transactions?address=" + TestingClient.PROVIDER, Map.of())
                        .json()
                        .size())
                .isEqualTo(1);
    }

    @Test
    void the_amount_has_to_be_signed_in_the_payload_too() {
        faucet(72_000);
        ObjectNode transaction = transfer(3600, 0);
        transaction.putObject("payload");

        TestingHttp.Answer answer = post("/rpc/transaction", signed(transaction));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("403: Invalid transaction signature");
    }

    @Test
    void of_two_transfers_with_one_nonce_only_the_first_is_mined() {
        faucet(72_000);
        assertThat(post("/rpc/transaction", signed(transfer(3600, 0))).status()).isEqualTo(200);
        String lost = post("/rpc/transaction", signed(transfer(7200, 0)))
                .json()
                .path("transaction_hash")
                .stringValue();
        clock.advance(Duration.ofHours(2));

        assertThat(chain.get("/rpc/transaction/" + lost, Map.of()).status()).isEqualTo(404);
        assertThat(account(TestingClient.PROVIDER).path("balance").longValue()).isEqualTo(3600);
    }

    @Test
    void a_transfer_for_another_chain_is_refused() {
        faucet(72_000);

        assertThat(post("/rpc/transaction", signed(transfer(1, 0).put("chain_id", "ait-public")))
                        .text())
                .contains("wrong chain_id");
    }

    @Test
    void amounts_that_are_no_amounts_are_refused() {
        faucet(72_000);

        for (String amount : new String[] {"-1", "1.5", "\"1\"", "9223372036854775807", "1e3", "null"}) {
            ObjectNode transaction = transfer(1, 0);
            JsonNode value = Json.parse(amount.getBytes(StandardCharsets.UTF_8)).orElseThrow();
            transaction.set("amount", value);
            ((ObjectNode) transaction.path("payload")).set("amount", value);
            assertThat(post("/rpc/transaction", signed(transaction)).status())
                    .as(amount)
                    .isEqualTo(400);
        }
    }

    @Test
    void escrow_pays_the_provider_from_the_operators_pocket() {
        TestingClient client = TestingClient.signIn(devnet, WALLET);
        faucet(72_000);
        String jobId = client.submit(TestingClient.paid(TestingClient.job("wren-tiny:latest", "hi"), "1"));
        client.await(jobId, "COMPLETED");
        JsonNode payment = client.get("/v1/jobs/" + jobId + "/payment").json();

        assertThat(account(WALLET.address()).path("balance").longValue()).isEqualTo(72_000);
        assertThat(account(TestingClient.PROVIDER).path("balance").longValue()).isEqualTo(3510);
        JsonNode escrow = chain.get("/rpc/escrow/" + jobId, Map.of()).json();
        assertThat(escrow.path("state").stringValue()).isEqualTo("released");
        assertThat(escrow.path("contract_id")).isEqualTo(payment.path("escrow_address"));
        String hash = payment.path("transaction_hash").stringValue();
        assertThat(chain.get("/rpc/transaction/" + hash, Map.of())
                        .json()
                        .path("recipient")
                        .stringValue())
                .isEqualTo(TestingClient.PROVIDER);
    }

    @Test
    void anyone_may_create_and_settle_an_escrow() {
        ObjectNode body = Json.object()
                .put("job_id", "some-job")
                .put("buyer", WALLET.address())
                .put("provider", TestingClient.PROVIDER)
                .put("amount", "1.0");

        assertThat(post("/rpc/escrow/create", body).status()).isEqualTo(200);
        assertThat(post("/rpc/escrow/create", body).text()).contains("Invalid contract inputs");
        assertThat(post("/rpc/escrow/some-job/refund", Json.object()).status()).isEqualTo(200);
        assertThat(post("/rpc/escrow/some-job/release", Json.object()).status()).isEqualTo(400);
    }

    @Test
    void chain_down_leaves_payments_pending() {
        devnet.enable(Quirk.CHAIN_DOWN);
        TestingClient client = TestingClient.signIn(devnet, WALLET);
        String jobId = client.submit(TestingClient.paid(TestingClient.job("wren-tiny:latest", "hi"), "1"));

        assertThat(client.await(jobId, "COMPLETED").path("payment_status").stringValue())
                .isEqualTo("pending");
        assertThatThrownBy(() -> chain.get("/rpc/head", Map.of())).hasRootCauseInstanceOf(SocketException.class);
    }

    @Test
    void accounts_are_up_to_half_a_minute_old_where_the_node_keeps_them() {
        devnet.enable(Quirk.ACCOUNT_CACHE);
        faucet(7200);
        assertThat(account(WALLET.address()).path("balance").longValue()).isEqualTo(7200);
        faucet(3600);
        clock.advance(Duration.ofSeconds(29));
        assertThat(account(WALLET.address()).path("balance").longValue()).isEqualTo(7200);
        JsonNode fresh = chain.get("/rpc/balance/" + WALLET.address(), Map.of()).json();
        assertThat(fresh.path("available_balance").longValue()).isEqualTo(10_800);

        clock.advance(Duration.ofSeconds(2));

        assertThat(account(WALLET.address()).path("balance").longValue()).isEqualTo(10_800);
    }

    @Test
    void as_is_has_the_cache_and_ten_faucets_an_hour() {
        devnet.enable(Quirk.AS_IS);
        ObjectNode body = Json.object().put("address", WALLET.address()).put("amount", 1);
        for (int i = 0; i < 10; i++) {
            assertThat(post("/rpc/faucet", body).status()).isEqualTo(200);
        }
        assertThat(account(WALLET.address()).path("balance").longValue()).isEqualTo(10);
        TestingHttp.Answer refused = post("/rpc/faucet", body);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("retry-after")).contains("60");

        clock.advance(Duration.ofMinutes(61));

        assertThat(post("/rpc/faucet", body).status()).isEqualTo(200);
        assertThat(account(WALLET.address()).path("balance").longValue()).isEqualTo(11);
    }

    private ObjectNode escrow(String jobId, String amount) {
        return Json.object()
                .put("job_id", jobId)
                .put("buyer", WALLET.address())
                .put("provider", TestingClient.PROVIDER)
                .put("amount", amount);
    }

    @Test
    void a_node_that_is_started_again_has_lost_half_a_coin() {
        assertThat(post("/rpc/escrow/create", escrow("half", "0.5")).status()).isEqualTo(200);
        assertThat(post("/rpc/escrow/create", escrow("more", "1.5")).status()).isEqualTo(200);

        devnet.restartChain();

        assertThat(chain.get("/rpc/escrow/half", Map.of()).json().path("amount").stringValue())
                .startsWith("0.000");
        assertThat(post("/rpc/escrow/half/release", Json.object())
                        .json()
                        .path("released_amount")
                        .stringValue())
                .startsWith("0.000");
        assertThat(post("/rpc/escrow/more/release", Json.object())
                        .json()
                        .path("released_amount")
                        .stringValue())
                .startsWith("0.975");
    }

    @Test
    void a_second_release_within_half_a_minute_has_no_hash_and_moves_no_money() {
        for (String jobId : new String[] {"a", "b", "c"}) {
            post("/rpc/escrow/create", escrow(jobId, "1"));
        }
        assertThat(post("/rpc/escrow/a/release", Json.object())
                        .json()
                        .path("tx_hash")
                        .isString())
                .isTrue();
        assertThat(post("/rpc/escrow/b/release", Json.object())
                        .json()
                        .path("tx_hash")
                        .isNull())
                .isTrue();
        clock.advance(Duration.ofSeconds(31));
        devnet.enable(Quirk.RELEASE_WITHOUT_HASH, 1);
        assertThat(post("/rpc/escrow/c/release", Json.object())
                        .json()
                        .path("tx_hash")
                        .isNull())
                .isTrue();

        assertThat(account(TestingClient.PROVIDER).path("balance").longValue()).isEqualTo(3510);
    }

    @Test
    void chain_503_leaves_payments_pending_and_what_was_in_escrow_there() {
        TestingClient client = TestingClient.signIn(devnet, WALLET);
        devnet.enable(Quirk.JOB_NEVER_READY);
        String before = client.submit(TestingClient.paid(TestingClient.job("wren-tiny:latest", "hi"), "1"));
        devnet.enable(Quirk.CHAIN_503);
        assertThat(chain.get("/rpc/head", Map.of()).status()).isEqualTo(503);
        String during = client.submit(TestingClient.paid(TestingClient.job("wren-tiny:latest", "hi"), "1"));
        devnet.disable(Quirk.JOB_NEVER_READY);

        assertThat(client.await(during, "COMPLETED").path("payment_status").stringValue())
                .isEqualTo("pending");
        assertThat(client.await(before, "COMPLETED").path("payment_status").stringValue())
                .isEqualTo("escrowed");
    }
}
