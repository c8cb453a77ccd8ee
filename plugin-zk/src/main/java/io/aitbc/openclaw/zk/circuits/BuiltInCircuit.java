package io.aitbc.openclaw.zk.circuits;

import io.aitbc.openclaw.zk.circuit.ReceiptChain;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.prover.WitnessProgram;
import io.aitbc.openclaw.zk.receiptchain.ReceiptChainReading;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A circuit that comes with the plugin.
 *
 * @param name of the circuit
 * @param files its proving bundle
 * @param sha256 of the bundle's {@code circuit.json}
 * @param program makes a new one for each proof
 */
public record BuiltInCircuit(String name, BundleFiles files, String sha256, Supplier<WitnessProgram> program) {
    public static List<BuiltInCircuit> all() {
        return List.of(new BuiltInCircuit(
                ReceiptChainReading.CIRCUIT,
                name -> ReceiptChain.open(name),
                "b528d593555ec812c0ae7632327135d011fd3f0ac72d092d0a8c8ec0ee28e905",
                () -> new ReceiptChainProgram()));
    }

    ProvingBundle bundle() {
        try {
            return ProvingBundle.read(files, sha256);
        } catch (MalformedDocumentException e) {
            throw new AssertionError("circuit %s of the plugin: %s".formatted(name, e.getMessage()), e);
        }
    }

    public ProvingCircuit circuit() {
        return new ProvingCircuit(bundle(), Optional.of(program));
    }
}
