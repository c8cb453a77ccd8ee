package io.aitbc.openclaw.bench.faults;

import io.aitbc.openclaw.api.network.PaymentRecord;
import java.util.List;

/** What the ledger has to show about a fault. Nothing may be left reserved, and nothing may be paid twice. */
enum Money {
    /** No network was asked, or it was never reached. */
    NONE("nothing is paid"),
    /** It was asked, gave no answer, and what had been set aside came back. */
    RETURNED("the reservation is given back"),
    /** One job was paid for. */
    PAID_ONCE("one job is paid"),
    /** The network may have taken it, so it counts as spent. */
    COUNTED("one payment counts as spent: its fate is unknown");

    private final String text;

    Money(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    boolean matches(List<PaymentRecord> payments) {
        long settled = count(payments, PaymentRecord.State.SETTLED);
        long unknown = count(payments, PaymentRecord.State.UNKNOWN);
        long reserved = count(payments, PaymentRecord.State.RESERVED);
        long released = count(payments, PaymentRecord.State.RELEASED);
        return reserved == 0
                && switch (this) {
                    case NONE -> settled == 0 && unknown == 0;
                    case RETURNED -> settled == 0 && unknown == 0 && released > 0;
                    case PAID_ONCE -> settled == 1 && unknown == 0;
                    case COUNTED -> settled == 0 && unknown == 1;
                };
    }

    /** For people. */
    static String observed(List<PaymentRecord> payments) {
        if (payments.isEmpty()) {
            return "no payments";
        }
        StringBuilder text = new StringBuilder();
        for (PaymentRecord.State state : PaymentRecord.State.values()) {
            long count = count(payments, state);
            if (count > 0) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(count)
                        .append(' ')
                        .append(state);
            }
        }
        return text.toString();
    }

    private static long count(List<PaymentRecord> payments, PaymentRecord.State state) {
        return payments.stream().filter(payment -> payment.state() == state).count();
    }
}
