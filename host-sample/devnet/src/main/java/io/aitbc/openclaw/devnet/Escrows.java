package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The chain node's escrow records: nobody's money is locked by them, and whoever asks has them paid out. Guarded by the lock
 * of the {@link Chain}.
 */
final class Escrows {
    private static final BigDecimal MOST_AMOUNT = new BigDecimal(1_000_000_000);
    private static final int MOST = 300_000;

    /**
     * What became of a wish to end an escrow.
     *
     * @param done false when it had been ended before
     * @param hash what the node calls the hash of the transaction, empty when no money moved
     */
    record Settled(boolean done, Optional<String> hash) {}

    private final Chain chain;
    private final Identifiers identifiers;
    private final InstantSource clock;
    private final QuirkBoard quirks;
    private final Map<String, Escrow> escrows = new LinkedHashMap<>();
    private Optional<Instant> lastPayout = Optional.empty();

    Escrows(Chain chain, Identifiers identifiers, InstantSource clock, QuirkBoard quirks) {
        this.chain = chain;
        this.identifiers = identifiers;
        this.clock = clock;
        this.quirks = quirks;
    }

    /** @return empty for a job that has an escrow, or addresses that are none */
    Optional<Escrow> create(String jobId, String buyer, String provider, BigDecimal amount) {
        return chain.locked(() -> {
            boolean valid = !jobId.isEmpty()
                    && Wallets.isAddress(buyer)
                    && Wallets.isAddress(provider)
                    && amount.signum() > 0
                    && amount.compareTo(MOST_AMOUNT) <= 0
                    && escrows.size() < MOST
                    && !escrows.containsKey(jobId);
            if (!valid) {
                return Optional.empty();
            }
            Escrow escrow = new Escrow(
                    identifiers.hex(8),
                    jobId,
                    Wallets.lowerCase(buyer),
                    Wallets.lowerCase(provider),
                    amount.setScale(8, RoundingMode.HALF_EVEN),
                    clock.instant());
            escrows.put(jobId, escrow);
            return Optional.of(escrow);
        });
    }

    Optional<Escrow> find(String jobId) {
        return chain.locked(() -> Optional.ofNullable(escrows.get(jobId)));
    }

    void forget(Escrow escrow) {
        chain.locked(() -> escrows.remove(escrow.jobId, escrow));
    }

    /** How many have each state. */
    Map<Escrow.State, Integer> counts() {
        return chain.locked(() -> {
            Map<Escrow.State, Integer> counts = new EnumMap<>(Escrow.State.class);
            escrows.values().forEach(escrow -> counts.merge(escrow.state, 1, Integer::sum));
            return counts;
        });
    }

    /** The copy a node has after a restart is in whole AIT: 0.5 becomes 0. */
    void reload() {
        escrows.values()
                .forEach(escrow -> escrow.amount =
                        escrow.amount.setScale(0, RoundingMode.DOWN).setScale(8));
    }

    void reset() {
        escrows.clear();
        lastPayout = Optional.empty();
    }

    /**
     * Pays the provider out of the operator's pocket. The settlement account's nonce may be stale: then a second payout within
     * 30 s moves no money.
     */
    Settled release(Escrow escrow) {
        return chain.locked(() -> {
            Instant now = clock.instant();
            if (!settle(escrow, Escrow.State.RELEASED, now)) {
                return new Settled(false, Optional.empty());
            }
            boolean stale = lastPayout
                    .filter(last -> Duration.between(last, now).compareTo(Chain.STALE) < 0)
                    .isPresent();
            if (quirks.take(Quirk.RELEASE_WITHOUT_HASH) || (stale && !quirks.on(Quirk.IDEAL))) {
                return new Settled(true, Optional.empty());
            }
            lastPayout = Optional.of(now);
            long units = escrow.payout().multiply(Chain.UNITS_PER_AIT).longValue();
            return new Settled(true, Optional.of(chain.mint(escrow.provider, units)));
        });
    }

    /** The hash is one of a text, and no money moves. */
    Settled refund(Escrow escrow) {
        return chain.locked(() -> {
            Instant now = clock.instant();
            if (!settle(escrow, Escrow.State.REFUNDED, now)) {
                return new Settled(false, Optional.empty());
            }
            byte[] hash = Identifiers.sha256(escrow.jobId + TimeText.offset(now));
            escrow.refundTransaction = Optional.of("0x" + HexFormat.of().formatHex(hash));
            return new Settled(true, escrow.refundTransaction);
        });
    }

    private static boolean settle(Escrow escrow, Escrow.State end, Instant now) {
        if (escrow.state != Escrow.State.CREATED) {
            return false;
        }
        escrow.state = end;
        escrow.settledAt = Optional.of(now);
        return true;
    }
}
