package io.aitbc.openclaw.provider.coordinator;

import java.time.Duration;

/** Calls that the network counts together: one handler of one service, for all that come from one address. */
public enum RouteClass {
    NONCE(20),
    LOGIN(20),
    SUBMIT(50),
    CANCEL(50),
    JOB(200),
    RESULT(200),
    RECEIPT(200),
    RECEIPTS(200),
    JOB_LIST(200),
    PAYMENT(0),
    PAYMENT_CHANGE(0),
    RATES(500),
    MARKET(0),
    REPUTATION(0),
    PROOF(50),
    INFERENCE(0),
    HEALTH(0),
    SOFTWARE_OFFERS(0),
    CHAIN_READ(0),
    CHAIN_WRITE(0),
    AGENTS(0);

    /** Below the documented limit, because others behind the same address count too. */
    private static final double USED_RATE = 0.85;

    private static final double USED_BURST = 0.1;
    /** For a route without a documented limit that answered 429 all the same. */
    private static final int ASSUMED = 60;

    private final int perMinute;

    RouteClass(int perMinute) {
        this.perMinute = perMinute;
    }

    /** The documented limit; 0 when there is none. */
    int perMinute() {
        return perMinute;
    }

    boolean documented() {
        return perMinute > 0;
    }

    /** Nanoseconds from one call to the next at full pace. */
    long interval() {
        double calls = USED_RATE * (documented() ? perMinute : ASSUMED);
        return (long) (Duration.ofMinutes(1).toNanos() / calls);
    }

    /** How many may follow each other at once; together with the pace never more than the limit in any minute. */
    int burst() {
        return (int) Math.max(2, USED_BURST * perMinute);
    }
}
