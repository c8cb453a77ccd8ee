package io.aitbc.openclaw.devnet;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.Arrays;
import java.util.Locale;

/** What becomes of jobs that need a zero-knowledge proof. The devnet never computes one. */
public enum Prover {
    /** The coordinator lacks its circuits: {@code zk_status} is {@code generation_failed} and the money stays in escrow. */
    MISSING,
    /** Proofs are switched off, as the real coordinator has it by default: {@code zk_status} is {@code verification_failed: …}. */
    DISABLED,
    /**
     * A proof recorded from the real network is attached and {@code zk_status} is {@code verified}. It is a valid proof; it
     * is bound to the receipt only where the job is one of those it was recorded for.
     */
    RECORDED;

    /** The name used on command lines: {@code recorded}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws OpenClawException {@link ErrorCode#INVALID_CONFIG} when there is none of that {@link #wireName()} */
    public static Prover of(String wireName) {
        return Arrays.stream(values())
                .filter(prover -> prover.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new OpenClawException(
                        ErrorCode.INVALID_CONFIG,
                        "unknown devnet prover '%s'; known: missing, disabled, recorded".formatted(wireName)));
    }
}
