package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.engine.EmbeddedEngine;
import io.aitbc.openclaw.host.http.ProofRecords;
import io.aitbc.openclaw.host.http.answer.Asked;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the embedded engine may answer before the plugins are loaded: what the router would give to it in any case. There must be no
 * other engine, no record of the answer is wanted, nothing is set about routing within this machine, and the model can do what is
 * asked with so little memory that nobody would think of computing it elsewhere.
 */
final class EarlyAnswers implements Predicate<Asked> {
    private static final long SMALL = 64L << 20;
    /** It decides about work that may leave this machine, which this never does. */
    private static final Set<String> IMMATERIAL = Set.of("offload");

    private final Optional<EmbeddedEngine> engine;

    EarlyAnswers(HostConfig config, Optional<EmbeddedEngine> embedded) {
        boolean alone = config.embeddedEngine() && config.ollama().isEmpty();
        boolean unrecorded = config.proofRecords() != ProofRecords.ALL;
        boolean unruled =
                IMMATERIAL.containsAll(config.plugin("skill-router").values().keySet());
        engine = embedded.filter(_ -> alone && unrecorded && unruled);
    }

    @Override
    public boolean test(Asked asked) {
        return engine.isPresent() && fits(engine.get(), asked);
    }

    private static boolean fits(EmbeddedEngine engine, Asked asked) {
        Optional<ModelDescriptor> model = engine.find(asked.model());
        return model.isPresent()
                && model.get().capabilities().containsAll(asked.needs())
                && engine.memoryNeedBytes(asked.model(), asked.numCtx()).orElse(Long.MAX_VALUE) <= SMALL;
    }
}
