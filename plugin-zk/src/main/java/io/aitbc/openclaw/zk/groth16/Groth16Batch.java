package io.aitbc.openclaw.zk.groth16;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Checks many proofs under one key for less than one at a time: the product of all equations, each raised to a random exponent, holds by
 * chance with a probability of 2^-127 if one of them does not (M. Bellare, J. Garay, T. Rabin, "Fast Batch Verification for Modular
 * Exponentiation and Digital Signatures", 1998). If the product does not hold, the halves are checked, down to the proofs that do not.
 */
public final class Groth16Batch {
    private static final int EXPONENT_BITS = 128;

    private final Groth16Verifier verifier;
    private final SecureRandom random;

    /** @param random whoever makes the proofs must not know what it will give */
    public Groth16Batch(Groth16Verifier verifier, SecureRandom random) {
        this.verifier = verifier;
        this.random = random;
    }

    /** The indexes of the claims that hold. */
    public BitSet holding(List<Groth16Claim> claims) {
        // Copied: exponents are drawn when no proof can change any more.
        List<Groth16Claim> fixed = List.copyOf(claims);
        List<Integer> plausible = new ArrayList<>();
        for (int i = 0; i < fixed.size(); i++) {
            if (fixed.get(i).signals().size() == verifier.key().signals()) {
                plausible.add(i);
            }
        }
        BitSet holding = new BitSet(fixed.size());
        collect(fixed, plausible, holding);
        return holding;
    }

    private void collect(List<Groth16Claim> claims, List<Integer> indexes, BitSet holding) {
        if (holds(indexes.stream().map(claims::get).toList())) {
            indexes.forEach(holding::set);
        } else if (indexes.size() > 1) {
            int half = indexes.size() / 2;
            collect(claims, indexes.subList(0, half), holding);
            collect(claims, indexes.subList(half, indexes.size()), holding);
        }
    }

    private boolean holds(List<Groth16Claim> claims) {
        if (claims.size() < 2) {
            return claims.stream().allMatch(verifier::holds);
        }
        List<BigInteger> exponents = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            exponents.add(new BigInteger(EXPONENT_BITS, random).setBit(0));
        }
        return verifier.holdTogether(claims, exponents);
    }
}
