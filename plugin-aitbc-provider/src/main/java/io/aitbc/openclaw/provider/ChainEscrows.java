package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.provider.chain.ChainAddress;
import io.aitbc.openclaw.provider.chain.ChainClient;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.Wallet;
import io.aitbc.openclaw.provider.direct.Escrows;
import java.util.Optional;

/** The escrows of a chain node, in the name of our wallet. */
final class ChainEscrows implements Escrows {
    private final ChainClient chain;
    private final Wallet buyer;

    private ChainEscrows(ChainClient chain, Wallet buyer) {
        this.chain = chain;
        this.buyer = buyer;
    }

    /** @return empty without a chain or a wallet */
    static Optional<Escrows> of(AitbcSettings settings, Optional<ChainClient> chain) {
        return chain.flatMap(node -> settings.wallet().map(wallet -> new ChainEscrows(node, wallet)));
    }

    @Override
    public void create(String jobId, String payee, TokenAmount amount, CallScope scope) {
        boolean created = chain.createEscrow(
                jobId, new ChainAddress(buyer.address()), new ChainAddress(payee), amount.coins(), scope);
        require(created, "to create an escrow");
    }

    @Override
    public State state(String jobId, CallScope scope) {
        return chain.escrow(jobId, scope)
                .map(escrow -> switch (escrow.state()) {
                    case "released" -> State.RELEASED;
                    case "refunded", "expired" -> State.REFUNDED;
                    default -> State.OPEN;
                })
                .orElse(State.ABSENT);
    }

    @Override
    public void release(String jobId, CallScope scope) {
        require(chain.releaseEscrow(jobId, scope), "to release an escrow");
    }

    @Override
    public void refund(String jobId, CallScope scope) {
        require(chain.refundEscrow(jobId, scope), "to refund an escrow");
    }

    private static void require(boolean done, String what) {
        if (!done) {
            throw OpenClawException.upstream(ErrorCode.PROVIDER_FAILED, 400, "The AITBC chain node refused " + what);
        }
    }
}
