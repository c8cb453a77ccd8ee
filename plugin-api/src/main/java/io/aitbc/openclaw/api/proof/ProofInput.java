package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.TokenAmount;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What a proof is made from. It is secret, so its text says nothing of its values. */
public sealed interface ProofInput {
    /**
     * Values of the circuit's inputs.
     *
     * @param values by the name of the signal, arrays row by row; whole numbers below the prime of the circuit, negative ones counted back from it
     */
    record Signals(Map<String, List<BigInteger>> values) implements ProofInput {
        public Signals {
            values = values.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        }

        @Override
        public String toString() {
            return "Signals[%d secret]".formatted(values.size());
        }
    }

    /**
     * An answer of this host, with what its proof chain has of it. What is secret of that never leaves the generator.
     *
     * @param jobOrRequestId as in the proof chain
     * @param cap the most that the answer may have cost
     * @param since the number of receipts in a root that somebody kept: the proof then shows that the tree only grew since
     */
    record Answer(String jobOrRequestId, TokenAmount cap, OptionalLong since) implements ProofInput {
        /** One for somebody who kept no root. */
        public Answer(String jobOrRequestId, TokenAmount cap) {
            this(jobOrRequestId, cap, OptionalLong.empty());
        }

        @Override
        public String toString() {
            return "Answer[%s]".formatted(jobOrRequestId);
        }
    }

    /** A witness that was computed elsewhere: a {@code .wtns} file of circom or snarkjs. */
    final class Witness implements ProofInput {
        private final byte[] file;

        public Witness(byte[] file) {
            this.file = file.clone();
        }

        public InputStream open() {
            return new ByteArrayInputStream(file);
        }

        @Override
        public String toString() {
            return "Witness[%d secret bytes]".formatted(file.length);
        }
    }
}
