package test.verifier;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Does what the kind of the evidence says. */
final class TestVerifier implements ProofVerifier {
    private final PluginContext context;

    TestVerifier(PluginContext context) {
        this.context = context;
    }

    @Override
    public String id() {
        return "test";
    }

    @Override
    public Set<String> kinds() {
        return Set.of("version");
    }

    @Override
    public Verdict verify(Evidence evidence) {
        return switch (evidence.kind()) {
            case "version" -> verdict(Version.TEXT);
            case "lazy" -> {
                gate();
                yield verdict(new LoadedLate().version());
            }
            case "resource" -> verdict(resource());
            case "setting" -> verdict(context.config().text("colour", "none"));
            case "module" -> verdict(getClass().getModule().toString());
            case "context-loader" -> verdict(String.valueOf(
                    Thread.currentThread().getContextClassLoader() == getClass().getClassLoader()));
            case "ids" -> verdict(context.pluginId() + " " + context.pluginVersion());
            case "broken" -> throw new IllegalStateException("secret prompt " + evidence.json());
            case "stack-overflow" -> verdict(endless(1) + "");
            case "nothing" -> null;
            case "typed" -> throw new OpenClawException(
                    ErrorCode.PROOF_INVALID, "the typed message", new IllegalStateException("the cause"));
            case "upstream" -> throw OpenClawException.upstream(ErrorCode.OVERLOADED, 503, "busy");
            case "hang" -> verdict(hang());
            default -> throw new IllegalArgumentException(evidence.kind());
        };
    }

    /** Waits for the test, which plays an extension of the host. */
    private void gate() {
        context.extensions()
                .byId(ProofVerifier.class, "gate")
                .ifPresent(gate -> gate.verify(new Evidence("gate", "{}", Set.of())));
    }

    private static String hang() {
        try {
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    private static long endless(long depth) {
        return endless(depth + 1) + 1;
    }

    private static String resource() {
        try (InputStream in = TestVerifier.class.getResourceAsStream("text.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Verdict verdict(String reason) {
        return new Verdict(true, AssuranceLevel.NONE, reason, Optional.empty(), List.of("nothing at all"));
    }

    @Override
    public void retire() {
        note("retired");
    }

    @Override
    public void close() {
        note("closed");
    }

    private void note(String file) {
        try {
            Files.writeString(context.dataDirectory().resolve(file), Version.TEXT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
