package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.proof.GeneratedProof;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.api.proof.ProofJob;
import io.aitbc.openclaw.api.proof.ProofProgress;
import io.aitbc.openclaw.api.proof.ProvableCircuit;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes into proofs and what comes out of them, as JSON, the same over the API and on the command line. */
public final class ProofDocuments {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,78}");
    private static final Pattern ANSWER = Pattern.compile("[A-Za-z0-9._:-]{1,200}");
    private static final int MOST_NUMBERS = 1_000_000;
    private static final int DEEPEST = 16;

    private ProofDocuments() {}

    /**
     * Inputs of a circuit, as circom takes them: names with whole numbers, or arrays of them. A number may be a text of decimal digits.
     *
     * @throws IllegalArgumentException that says what is wrong, without any number
     */
    public static ProofInput.Signals inputs(String json) {
        JsonNode document;
        try {
            document = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the inputs are not JSON"); // the cause quotes them
        }
        if (!document.isObject()) {
            throw new IllegalArgumentException("the inputs are not a JSON object of names and numbers");
        }
        Map<String, List<BigInteger>> inputs = new HashMap<>();
        int total = 0;
        for (Map.Entry<String, JsonNode> input : document.properties()) {
            List<BigInteger> numbers = new ArrayList<>();
            collect(input.getKey(), input.getValue(), numbers, 0);
            inputs.put(input.getKey(), numbers);
            total += numbers.size();
            if (total > MOST_NUMBERS) {
                throw new IllegalArgumentException("the inputs have more than %d numbers".formatted(MOST_NUMBERS));
            }
        }
        return new ProofInput.Signals(inputs);
    }

    /**
     * An answer that a proof is to be about: {@code {"id": "…", "cap": "0.05"}}, the cap in AIT, and {@code "since"} where somebody kept a root.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static ProofInput.Answer answer(String json) {
        JsonNode document;
        try {
            document = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the answer is not JSON");
        }
        JsonNode since = document.path("since");
        if (!since.isMissingNode() && (!since.isIntegralNumber() || !since.canConvertToInt() || since.asInt() < 0)) {
            throw new IllegalArgumentException("since must be a number of receipts");
        }
        return answer(
                document.path("id").asString(""),
                document.path("cap").asString(""),
                since.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(since.asInt()));
    }

    /**
     * @param id of a job or request
     * @param cap in AIT, such as 0.05
     * @param since number of receipts in a root that somebody kept
     * @throws IllegalArgumentException that says what is wrong
     */
    public static ProofInput.Answer answer(String id, String cap, OptionalLong since) {
        if (!ANSWER.matcher(id).matches()) {
            throw new IllegalArgumentException("the answer needs the id of a job or request");
        }
        try {
            return new ProofInput.Answer(id, TokenAmount.parseLimit(cap, Rail.AITBC), since);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the answer needs a cap in AIT, such as 0.05");
        }
    }

    private static void collect(String name, JsonNode value, List<BigInteger> numbers, int depth) {
        if (value.isArray() && depth < DEEPEST) {
            value.forEach(item -> collect(name, item, numbers, depth + 1));
        } else if (value.isIntegralNumber()) {
            numbers.add(value.bigIntegerValue());
        } else if (value.isString() && WHOLE.matcher(value.asString()).matches()) {
            numbers.add(new BigInteger(value.asString()));
        } else {
            throw new IllegalArgumentException("number %d of input '%s' is no whole number in decimal digits"
                    .formatted(numbers.size(), shown(name)));
        }
    }

    private static String shown(String name) {
        String visible = name.replaceAll("[^\\x20-\\x7e]", "?");
        return visible.length() <= 40 ? visible : visible.substring(0, 40) + "...";
    }

    /** A proof with all that is known of it. Its member {@code evidence} is what a verifier takes. */
    public static String proof(GeneratedProof proof) {
        JsonOutput out = new JsonOutput();
        out.startObject()
                .field("kind", proof.kind())
                .rawField("evidence", proof.evidence(Set.of()).json())
                .field("key_sha256", proof.keySha256())
                .field("development_setup", proof.developmentSetup())
                .field("not_proven", proof.notProven())
                .field("replay_key", proof.statement().replayKey())
                .field("prover", proof.prover())
                .field("milliseconds", proof.took().toMillis())
                .endObject();
        return out.text();
    }

    /** How far a proof is; at its end with the proof, or with why there is none. */
    public static String job(ProofJob job) {
        ProofProgress progress = job.progress();
        JsonOutput out = new JsonOutput();
        out.startObject()
                .field("id", job.id())
                .field("circuit", job.circuit())
                .field("state", progress.state().name().toLowerCase(Locale.ROOT))
                .field("percent", (long) progress.percent());
        if (progress.state().isEnd()) {
            try {
                out.rawField("proof", proof(job.result()));
            } catch (OpenClawException e) {
                out.field("code", e.code().name()).field("error", e.getMessage());
            }
        }
        out.endObject();
        return out.text();
    }

    /** What proofs can be made of. */
    public static String circuits(List<ProvableCircuit> circuits) {
        JsonOutput out = new JsonOutput();
        out.startObject().startArray("circuits");
        circuits.forEach(circuit -> circuit(out, circuit));
        out.endArray().endObject();
        return out.text();
    }

    private static void circuit(JsonOutput out, ProvableCircuit circuit) {
        out.startObject()
                .field("circuit", circuit.name())
                .field("proves", circuit.proves())
                .field("signals", circuit.signals())
                .field("key_sha256", circuit.keySha256())
                .field("development_setup", circuit.developmentSetup())
                .field("setup", circuit.setup())
                .field("computes_witness", circuit.computesWitness())
                .endObject();
    }
}
