package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.proof.ChainHead;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.ProofRecorder;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import io.aitbc.openclaw.host.http.wire.Routes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be shown of answers. */
final class ProofEndpoints {
    /** An answer is recorded while its last line travels. */
    private static final Duration RECORDING = Duration.ofSeconds(5);

    private static final Pattern RECORD = Pattern.compile(".*/proofs/([A-Za-z0-9._:-]{1,200})");

    private final Extensions extensions;
    private final Answers answers;
    private final ProofRecorder recorder;

    ProofEndpoints(Extensions extensions, Answers answers, ProofRecorder recorder) {
        this.extensions = extensions;
        this.answers = answers;
        this.recorder = recorder;
    }

    void addTo(Routes routes, String base) {
        routes.add("GET", base + "proofs", Routes.Style.OLLAMA, this::head);
        routes.add("GET", base + "proofs/*", Routes.Style.OLLAMA, this::bundle);
    }

    private ProofChain chain() {
        return extensions
                .first(ProofChain.class)
                .orElseThrow(() -> new ApiFailure(404, "no plugin that keeps a proof chain is loaded"));
    }

    private void head(Exchange exchange) {
        recorder.settle(RECORDING);
        ChainHead head = answers.call(exchange, "", router -> chain().head());
        JsonOutput out = new JsonOutput();
        out.startObject()
                .field("size", head.size())
                .field("root", head.root())
                .field("host_key", head.keyId())
                .field("checkpoint", head.checkpoint())
                .endObject();
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private void bundle(Exchange exchange) {
        Matcher path = RECORD.matcher(exchange.path());
        if (!path.matches()) {
            throw new ApiFailure(404, "no such record in the proof chain");
        }
        recorder.settle(RECORDING);
        Optional<String> bundle = answers.call(exchange, "", router -> chain().bundle(path.group(1)));
        byte[] json = bundle.orElseThrow(() -> new ApiFailure(
                        404, "the proof chain has no record of job or request '%s'".formatted(path.group(1))))
                .getBytes(StandardCharsets.UTF_8);
        exchange.send(200, Exchange.JSON, json, json.length);
    }
}
