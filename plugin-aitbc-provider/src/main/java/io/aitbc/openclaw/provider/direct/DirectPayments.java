package io.aitbc.openclaw.provider.direct;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.ledger.Entry;
import io.aitbc.openclaw.provider.ledger.Ledger;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pays for answers of endpoints: an escrow before the question, released once the answer is whole, refunded otherwise. The
 * ledger's reservation exists before; what cannot be found out is unknown, and counts as spent. Nothing that may have paid is
 * repeated without looking first.
 */
public final class DirectPayments {
    /** How the references of these payments begin, in the ledger and on the chain. */
    public static final String PREFIX = "od-";

    private static final Logger log = LoggerFactory.getLogger(DirectPayments.class);
    private static final String ACCEPTED = "answer accepted, escrow not released yet";
    private static final int ATTEMPTS = 2;

    /** What is asked before anything is paid. */
    public interface Permission {
        /** @throws OpenClawException when nothing may be paid, with the reason */
        void require(CallScope scope);
    }

    private final Ledger ledger;
    private final Escrows escrows;
    private final Permission permission;

    public DirectPayments(Ledger ledger, Escrows escrows, Permission permission) {
        this.ledger = ledger;
        this.escrows = escrows;
        this.permission = permission;
    }

    /**
     * @param cost what the ledger counts
     * @param remark what a reader of the bill should know
     */
    record Bill(TokenAmount cost, Optional<String> remark) {}

    /** @throws OpenClawException when nothing may be paid; the ledger knows then */
    void require(DirectOrder order, CallScope scope) {
        try {
            permission.require(scope);
        } catch (OpenClawException e) {
            ledger.release(order.reference(), "no escrow was created");
            throw e;
        }
    }

    /** @throws OpenClawException when there is no escrow; the ledger knows then */
    void open(DirectOrder order, CallScope scope) {
        String reference = order.reference();
        try {
            create(order, scope);
        } catch (OpenClawException e) {
            if (certain(e)) {
                ledger.release(reference, "no escrow was created");
            } else {
                ledger.unknown(reference, "the escrow may have been created");
            }
            throw e;
        }
        ledger.dispatched(reference, reference);
    }

    /** An id has one escrow, so asking for it again after a lost answer cannot make two. */
    private void create(DirectOrder order, CallScope scope) {
        for (int attempt = 1; ; attempt++) {
            try {
                escrows.create(order.reference(), order.payee().orElseThrow(), order.price(), scope);
                return;
            } catch (OpenClawException e) {
                if (escrows.state(order.reference(), scope) == Escrows.State.OPEN) {
                    return;
                }
                if (certain(e) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static boolean certain(OpenClawException failure) {
        int status = failure.upstreamStatus().orElse(0);
        return status >= 400 && status < 500;
    }

    /** After a whole answer. Never fails. */
    Bill whole(DirectOrder order, CallScope scope) {
        String reference = order.reference();
        try {
            escrows.release(reference, scope);
            ledger.settle(reference, order.price(), "paid");
            return new Bill(order.price(), Optional.empty());
        } catch (OpenClawException e) {
            log.atWarn()
                    .addKeyValue("reference", reference)
                    .addKeyValue("reason", e.getMessage())
                    .log("aitbc escrow not released");
            return quietly(() -> ledger.unknown(reference, ACCEPTED), order);
        }
    }

    private static Bill quietly(Runnable write, DirectOrder order) {
        try {
            write.run();
        } catch (OpenClawException e) {
            // The reservation stands, so the money counts as spent anyway.
            log.atError().log("aitbc ledger not written: {}", e.getMessage());
        }
        return new Bill(order.price(), Optional.of("that it was paid: the escrow's release is not confirmed"));
    }

    /** After an answer that is of no use. Never fails. */
    void takeBack(String reference, TokenAmount price, String why, CallScope scope) {
        try {
            Escrows.State state = escrows.state(reference, scope);
            if (state == Escrows.State.OPEN) {
                escrows.refund(reference, scope);
                state = escrows.state(reference, scope);
            }
            switch (state) {
                case REFUNDED, ABSENT -> ledger.release(reference, why);
                case RELEASED -> ledger.settle(reference, price, "paid, but: " + why);
                case OPEN -> ledger.unknown(reference, why);
            }
        } catch (OpenClawException e) {
            log.atWarn()
                    .addKeyValue("reference", reference)
                    .addKeyValue("reason", e.getMessage())
                    .log("aitbc refund of an escrow unknown");
            ledger.unknown(reference, why);
        }
    }

    /** Whether a payment of the ledger is one of these. */
    public static boolean owns(Entry entry) {
        return entry.reference().startsWith(PREFIX);
    }

    /**
     * Clears up a payment that was left behind, long after its last change.
     *
     * @throws OpenClawException when that has to be tried again later
     */
    public void clear(Entry entry, CallScope scope) {
        String reference = entry.reference();
        Escrows.State state = escrows.state(reference, scope);
        if (state == Escrows.State.OPEN && entry.note().equals(ACCEPTED)) {
            escrows.release(reference, scope);
            state = escrows.state(reference, scope);
        } else if (state == Escrows.State.OPEN) {
            escrows.refund(reference, scope);
            state = escrows.state(reference, scope);
        }
        switch (state) {
            case RELEASED -> ledger.settle(reference, entry.amount(), "paid");
            case REFUNDED, ABSENT -> ledger.release(reference, "no escrow is open");
            case OPEN ->
                throw new OpenClawException(
                        ErrorCode.PROVIDER_FAILED, "the escrow stays open, whatever it is told: " + reference);
        }
    }

    static Bill nothing() {
        return new Bill(TokenAmount.zero(Rail.AITBC), Optional.empty());
    }
}
