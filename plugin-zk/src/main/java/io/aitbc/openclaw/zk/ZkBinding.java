package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.Poseidon;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the proof that a coordinator attached to a receipt belongs to it. The circuit {@code receipt_public} states that
 * its maker knows four numbers whose Poseidon hash is the public signal. Only when these are the digests of this receipt's
 * job, miner, output and units does the proof have to do with it; otherwise any genuine proof could be attached to any receipt.
 *
 * <p>The proof itself is not checked, so whatever comes out here proves nothing more.
 */
final class ZkBinding {
    private static final int DIGEST_HEX = 32;
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    private ZkBinding() {}

    /** Made when the first proof is met: most hosts never see one. */
    private static final class Hash {
        static final Poseidon OF_FOUR = new Poseidon(4);
    }

    /** What has to be said about the proof of a receipt, or about the lack of one; empty when nobody claims one. */
    static Optional<String> notProven(Json.Members receipt) {
        boolean claimed = receipt.text("zk_status").filter("verified"::equals).isPresent();
        Json proof = receipt.get("zk_proof").orElse(null);
        if (proof == null || proof instanceof Json.Null) {
            return claimed
                    ? Optional.of("that there is a ZK proof: zk_status says verified, but the receipt carries none")
                    : Optional.empty();
        }
        String status = claimed ? ", although zk_status says verified" : "";
        try {
            BigInteger signal = signal(proof);
            return Optional.of(
                    signal.equals(hash(receipt).value())
                            ? "that the ZK proof in it holds: it was not checked, only that its public signal is the hash of"
                                    + " this receipt's job, miner, output and units"
                            : "that the ZK proof in it is about this receipt: its public signal is not the hash of this"
                                    + " receipt's job, miner, output and units" + status);
        } catch (MalformedDocumentException e) {
            return Optional.of("that the ZK proof in it is about this receipt: " + e.getMessage() + status);
        }
    }

    private static BigInteger signal(Json proof) throws MalformedDocumentException {
        if (proof instanceof Json.Members members
                && members.get("public_signals").orElse(null) instanceof Json.Items signals
                && signals.list().size() == 1
                && signals.list().getFirst() instanceof Json.Text signal
                && signal.value().matches("0|[1-9][0-9]{0,76}")) {
            return new BigInteger(signal.value());
        }
        throw new MalformedDocumentException("it does not have exactly one public signal");
    }

    /** What a proof about this receipt has as its public signal. */
    static Fr hash(Json.Members receipt) throws MalformedDocumentException {
        return Hash.OF_FOUR.hash(inputs(receipt).stream().map(Fr::valueOf).toList());
    }

    /** The four private inputs of the circuit, recomputed from what they stand for. */
    static List<BigInteger> inputs(Json.Members receipt) throws MalformedDocumentException {
        List<BigInteger> inputs = new ArrayList<>();
        inputs.add(digest(text(receipt, "job_id") + text(receipt, "receipt_id")));
        inputs.add(digest(text(receipt, "provider")));
        inputs.add(digest(hex(output(receipt))));
        inputs.add(digest(millionths(receipt)));
        return inputs;
    }

    private static String text(Json.Members receipt, String name) throws MalformedDocumentException {
        return receipt.text(name).orElseThrow(() -> new MalformedDocumentException("it has no " + name));
    }

    /** The first of three members that Python takes for true. Of those that are no text nobody knows how Python writes them. */
    private static String output(Json.Members receipt) throws MalformedDocumentException {
        if (receipt.get("metadata").orElse(null) instanceof Json.Members metadata
                && metadata.get("result").orElse(null) instanceof Json.Members result) {
            for (String name : List.of("output", "result", "output_hash")) {
                Optional<Json> value = result.get(name).filter(ZkBinding::truthy);
                if (value.isPresent()) {
                    return result.text(name)
                            .orElseThrow(() ->
                                    new MalformedDocumentException("the %s of its result is no text".formatted(name)));
                }
            }
            return "";
        }
        throw new MalformedDocumentException("the receipt shows no result");
    }

    private static boolean truthy(Json value) {
        return switch (value) {
            case Json.Members members -> !members.list().isEmpty();
            case Json.Items items -> !items.list().isEmpty();
            case Json.Text text -> !text.value().isEmpty();
            case Json.Whole whole -> !whole.digits().equals("0");
            case Json.Real real -> real.value() != 0;
            case Json.Flag flag -> flag.value();
            case Json.Null ignored -> false;
        };
    }

    /** Python's {@code int(units * 1000000)}: cut off, not rounded, after a multiplication of doubles. */
    private static String millionths(Json.Members receipt) throws MalformedDocumentException {
        Json units = receipt.get("units").orElse(null);
        if (units instanceof Json.Whole whole) {
            return new BigInteger(whole.digits()).multiply(MILLION).toString();
        }
        if (units instanceof Json.Real real && Double.isFinite(real.value() * 1e6)) {
            return new BigDecimal(real.value() * 1e6).toBigInteger().toString();
        }
        throw new MalformedDocumentException("the units of the receipt are no number");
    }

    /** The first half of a SHA-256. */
    private static BigInteger digest(String text) throws MalformedDocumentException {
        return new BigInteger(hex(text).substring(0, DIGEST_HEX), 16);
    }

    private static String hex(String text) throws MalformedDocumentException {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new MalformedDocumentException("the receipt holds half a character");
        }
        return KeyFile.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
