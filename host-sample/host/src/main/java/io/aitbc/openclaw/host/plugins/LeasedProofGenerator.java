package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.proof.ProofGenerator;
import io.aitbc.openclaw.api.proof.ProofJob;
import io.aitbc.openclaw.api.proof.ProofRequest;
import io.aitbc.openclaw.api.proof.ProvableCircuit;
import java.util.List;

final class LeasedProofGenerator extends LeasedExtension<ProofGenerator> implements ProofGenerator {
    LeasedProofGenerator(PluginSlot slot, String id) {
        super(slot, new ExtensionKey<>(ProofGenerator.class, id));
    }

    @Override
    public List<ProvableCircuit> circuits() {
        return call("circuits", generator -> List.copyOf(generator.circuits()));
    }

    @Override
    public ProofJob submit(ProofRequest request) {
        return callWith(
                "submit", (generator, generation) -> LeasedProofJob.follow(generation, generator.submit(request)));
    }
}
