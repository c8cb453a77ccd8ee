package io.aitbc.openclaw.provider.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.provider.chain.ChainAddress;
import io.aitbc.openclaw.provider.chain.ChainClient;
import io.aitbc.openclaw.provider.chain.ChainTransaction;
import io.aitbc.openclaw.provider.chain.EscrowView;
import io.aitbc.openclaw.provider.chain.Sender;
import io.aitbc.openclaw.provider.chain.TransactionQuery;
import io.aitbc.openclaw.provider.chain.Transfer;
import io.aitbc.openclaw.provider.coordinator.Wallet;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The chain's node: accounts, transfers, escrow records. */
class ChainConformanceTest extends Conformance {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void an_account_is_registered_and_known() {
        ChainClient chain = target().chain();
        ChainAddress ours = new ChainAddress(target().needWallet().address());

        chain.register(ours, target().chainId(), scope());

        assertThat(chain.account(ours, scope()).orElseThrow().address()).isEqualTo(ours);
        assertThat(chain.balance(ours, scope())).isNotNegative();
        assertThat(chain.account(
                        new ChainAddress("0x" + UUID.randomUUID().toString().replace("-", "") + "00000000"), scope()))
                .isEmpty();
    }

    @Test
    void coins_arrive_once_and_are_seen_in_a_block() {
        target().needToSpend();
        ChainClient chain = target().chain();
        Wallet wallet = target().needWallet();
        ChainAddress ours = new ChainAddress(wallet.address());
        ChainAddress theirs = target().recipient();
        chain.register(ours, target().chainId(), scope());
        chain.register(theirs, target().chainId(), scope());
        BigInteger before = chain.balance(ours, scope());

        Sender sender = new Sender(chain, wallet, target().chainId());
        ChainTransaction first = sender.send(theirs, 1, Map.of("memo", "conformance ü"), PATIENCE, scope());
        ChainTransaction second = sender.send(theirs, 2, Map.of(), PATIENCE, scope());

        assertThat(first.sender()).contains(ours);
        assertThat(first.recipient()).contains(theirs);
        assertThat(second.nonce().orElseThrow()).isEqualTo(first.nonce().orElseThrow() + 1);
        assertThat(before.subtract(chain.balance(ours, scope())))
                .isEqualTo(BigInteger.valueOf(3 + 2 * Transfer.DEFAULT_FEE));
        assertThat(chain.transaction(second.hash(), scope()).orElseThrow().value())
                .contains(BigInteger.TWO);
        assertThat(chain.transactions(TransactionQuery.of(ours), scope()))
                .extracting(ChainTransaction::hash)
                .contains(first.hash(), second.hash());
        assertThat(chain.mempool(target().chainId(), scope()))
                .extracting(ChainTransaction::hash)
                .doesNotContain(first.hash());
        assertThat(chain.head(scope()).orElseThrow().height())
                .isGreaterThanOrEqualTo(second.height().orElseThrow());
    }

    @Test
    void a_transaction_that_never_was_is_not_found() {
        assertThat(target().chain().transaction("0xdead", scope())).isEmpty();
    }

    @Test
    void an_escrow_is_written_down_once_and_refunded_once() {
        target().needToSpend();
        ChainClient chain = target().chain();
        ChainAddress ours = new ChainAddress(target().needWallet().address());
        String job = "conformance-" + UUID.randomUUID();

        assertThat(chain.escrow(job, scope())).isEmpty();
        assertThat(chain.createEscrow(job, ours, target().recipient(), LEAST_PAYMENT, scope()))
                .isTrue();
        assertThat(chain.createEscrow(job, ours, target().recipient(), LEAST_PAYMENT, scope()))
                .as("a second escrow of the same job")
                .isFalse();
        assertThat(chain.refundEscrow(job, scope())).isTrue();
        assertThat(chain.escrow(job, scope()).map(EscrowView::state)).contains("refunded");
        assertThat(chain.releaseEscrow(job, scope())).isFalse();
    }

    @Test
    void an_escrow_is_released() {
        target().needToSpend();
        ChainClient chain = target().chain();
        ChainAddress ours = new ChainAddress(target().needWallet().address());
        String job = "conformance-" + UUID.randomUUID();
        chain.createEscrow(job, ours, target().recipient(), LEAST_PAYMENT, scope());

        assertThat(chain.releaseEscrow(job, scope())).isTrue();

        assertThat(chain.escrow(job, scope()).map(EscrowView::state)).contains("released");
    }
}
