package io.aitbc.openclaw.provider.ledger;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a payment beside the network's word: whom it was meant for, and what was found out about it afterwards.
 * Verdicts are one line for people.
 *
 * @param payee address it is for
 * @param transaction of the chain that was found to be this payment
 * @param payment verdict about the payment on the chain
 * @param receipt verdict about a receipt that came after its answer
 */
public record Trail(
        Optional<String> payee, Optional<String> transaction, Optional<String> payment, Optional<String> receipt) {
    /** Nothing is known. */
    public static final Trail NONE = of(Optional.empty());

    static Trail of(Optional<String> payee) {
        return new Trail(payee, Optional.empty(), Optional.empty(), Optional.empty());
    }

    Trail withPayment(Optional<String> hash, String verdict) {
        return new Trail(payee, hash.or(this::transaction), Optional.of(verdict), receipt);
    }

    Trail withReceipt(String verdict) {
        return new Trail(payee, transaction, payment, Optional.of(verdict));
    }

    List<String> verdicts() {
        return Stream.of(payment, receipt).flatMap(Optional::stream).toList();
    }
}
