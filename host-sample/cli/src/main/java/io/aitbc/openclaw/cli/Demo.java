package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.BundleVerdict;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The main job, step by step. Each step checks what it shows; one that does not hold fails the demo. */
final class Demo {
    static final String LOCAL_MODEL = "wren-tiny:latest";
    static final String NETWORK_MODEL = "aitbc/wren-tiny:latest";
    private static final String QUESTION = "What is the capital of France?";

    /**
     * What came of a step.
     *
     * @param detail one line for people
     * @param facts figures for programs
     */
    record Step(String name, boolean ok, String detail, Duration time, ObjectNode facts) {}

    /** Does a step: fills in facts, returns the line for people, fails with an exception. */
    private interface Work {
        String run(ObjectNode facts) throws Exception;
    }

    private final Host host;
    private final DemoClient client;
    private final Consumer<Step> progress;
    private final Json json = new Json();
    private final List<Step> steps = new ArrayList<>();

    Demo(Host host, DemoClient client, Consumer<Step> progress) {
        this.host = host;
        this.client = client;
        this.progress = progress;
    }

    List<Step> play() throws InterruptedException {
        step("models", this::models);
        step("local chat", this::localChat);
        step("network chat", this::networkChat);
        step("streaming", this::streaming);
        step("route explained", this::routeExplained);
        step("receipt checked", this::receiptChecked);
        step("bundle checked", this::bundleChecked);
        step("cost", this::cost);
        return List.copyOf(steps);
    }

    private void step(String name, Work work) throws InterruptedException {
        ObjectNode facts = json.object();
        long start = System.nanoTime();
        boolean ok = true;
        String detail;
        try {
            detail = work.run(facts);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            ok = false;
            detail = FailureReason.of(e);
        }
        Step step = new Step(name, ok, detail, Duration.ofNanos(System.nanoTime() - start), facts);
        steps.add(step);
        progress.accept(step);
    }

    private String models(ObjectNode facts) throws Exception {
        ArrayNode names = facts.putArray("models");
        for (JsonNode model : client.get("/api/tags").path("models")) {
            names.add(model.path("name").asString());
        }
        List<String> all = names.valueStream().map(JsonNode::asString).toList();
        require(all.contains(LOCAL_MODEL), LOCAL_MODEL + " is not listed");
        require(all.contains(NETWORK_MODEL), NETWORK_MODEL + " is not listed");
        return String.join(", ", all);
    }

    private String localChat(ObjectNode facts) throws Exception {
        JsonNode answer = client.chat(LOCAL_MODEL, QUESTION);
        String text = text(answer);
        JsonNode metadata = answer.path("aitbc_metadata");
        facts.put("model", LOCAL_MODEL)
                .put("question", QUESTION)
                .put("answer", text)
                .put("route", metadata.path("route").asString(""));
        require(answer.path("done").asBoolean(), "the answer is not whole");
        require(text.contains("Paris"), "the answer is wrong: " + text);
        require(metadata.path("job").isMissingNode(), "a local answer was paid for");
        return quoted(text);
    }

    private String networkChat(ObjectNode facts) throws Exception {
        JsonNode answer = client.chat(NETWORK_MODEL, QUESTION);
        String text = text(answer);
        JsonNode metadata = answer.path("aitbc_metadata");
        facts.put("model", NETWORK_MODEL).put("question", QUESTION).put("answer", text);
        facts.set("metadata", metadata);
        require(answer.path("done").asBoolean() && !text.isBlank(), "the answer is not whole");
        require(!metadata.path("job").asString("").isEmpty(), "there is no job");
        require(!metadata.path("miner").asString("").isEmpty(), "there is no miner");
        return "%s by miner %s, job %s"
                .formatted(
                        quoted(text),
                        metadata.path("miner").asString(),
                        metadata.path("job").asString());
    }

    private String streaming(ObjectNode facts) throws Exception {
        DemoClient.Streamed streamed = client.stream(LOCAL_MODEL, "Tell me a story about a fox.");
        List<JsonNode> lines = streamed.lines();
        StringBuilder story = new StringBuilder();
        lines.forEach(line -> story.append(text(line)));
        require(lines.size() > 2, "the answer came in " + lines.size() + " pieces");
        require(lines.getLast().path("done").asBoolean(), "the stream ended without done");
        facts.put("pieces", lines.size())
                .put("firstByteMillis", streamed.firstByte().toNanos() / 1e6)
                .put("answer", story.toString());
        return "%d pieces, the first after %d ms: %s"
                .formatted(lines.size(), streamed.firstByte().toMillis(), quoted(story.toString()));
    }

    private String routeExplained(ObjectNode facts) throws Exception {
        JsonNode plan = client.post("/api/v1/openclaw/route", client.question(LOCAL_MODEL, QUESTION));
        facts.setAll((ObjectNode) plan);
        List<String> candidates = new ArrayList<>();
        for (JsonNode candidate : plan.path("candidates")) {
            candidates.add("%s %s (%s)"
                    .formatted(
                            candidate.path("provider").asString(),
                            candidate.path("eligible").asBoolean() ? "could" : "could not",
                            candidate.path("note").asString()));
        }
        require(!candidates.isEmpty(), "the plan has no candidates");
        require(!plan.path("reason").asString("").isBlank(), "the plan has no reason");
        return "%s, because %s; %s"
                .formatted(
                        plan.path("route").asString(), plan.path("reason").asString(), String.join("; ", candidates));
    }

    private String receiptChecked(ObjectNode facts) {
        JsonNode metadata = factsOf("network chat").path("metadata");
        String receipt = json.compact(metadata.path("receipt_document"));
        String key = host.devnet()
                .map(Devnet::receiptKeyId)
                .orElseThrow(() -> new IllegalStateException("there is no devnet"));
        ProofVerifier verifier = host.extensions()
                .first(ProofVerifier.class)
                .orElseThrow(() -> new IllegalStateException("no proof verifier is loaded"));
        Verdict verdict = verifier.verify(new Evidence(Evidence.AITBC_RECEIPT, receipt, Set.of(key)));
        Verdict forged = verifier.verify(new Evidence(Evidence.AITBC_RECEIPT, forge(metadata), Set.of(key)));
        facts.put("receipt", metadata.path("receipt").asString(""))
                .put("assurance", verdict.assurance().name())
                .put("reason", verdict.reason())
                .put("forgedReason", forged.reason());
        ArrayNode notProven = facts.putArray("notProven");
        verdict.notProven().forEach(notProven::add);
        require(verdict.valid() && verdict.assurance() == AssuranceLevel.SIGNED, verdict.reason());
        require(metadata.path("assurance").asString("").equals("SIGNED"), "the host did not check the receipt");
        require(!forged.valid(), "a forged receipt was accepted");
        return "%s, receipt %s; not proven: %s"
                .formatted(
                        verdict.assurance(),
                        metadata.path("receipt").asString("?"),
                        String.join("; ", verdict.notProven()));
    }

    /** The same receipt for another miner. */
    private String forge(JsonNode metadata) {
        ObjectNode forged = (ObjectNode) metadata.path("receipt_document").deepCopy();
        forged.put("provider", "someone-else");
        return json.compact(forged);
    }

    private String bundleChecked(ObjectNode facts) throws Exception {
        String job = factsOf("network chat").path("metadata").path("job").asString();
        JsonNode bundle = client.get("/api/v1/openclaw/proofs/" + job);
        ProofChain chain = host.extensions()
                .first(ProofChain.class)
                .orElseThrow(() -> new IllegalStateException("no proof chain is loaded"));
        String hostKey = chain.head().keyId();
        String receiptKey = host.devnet().map(Devnet::receiptKeyId).orElseThrow();
        BundlePolicy policy = new BundlePolicy(
                Set.of(hostKey), Set.of(receiptKey), Set.of(), Set.of("receipt"), false, Optional.of(job));
        BundleVerdict verdict = chain.verify(json.compact(bundle), policy);
        ObjectNode changed = (ObjectNode) bundle.deepCopy();
        changed.withObject("/local/statement").put("model", "another-model");
        facts.set("bundle", bundle);
        facts.putArray("trust").add("host:" + hostKey).add("receipt:" + receiptKey);
        facts.put("assurance", verdict.assurance().name());
        require(verdict.valid(), verdict.links().toString());
        require(!chain.verify(json.compact(changed), policy).valid(), "a changed bundle was accepted");
        return "%d links hold, record %d in the log; a changed bundle is refused"
                .formatted(
                        verdict.links().stream()
                                .filter(link -> link.state() == LinkVerdict.State.HOLDS)
                                .count(),
                        bundle.path("log").path("index").asLong());
    }

    private String cost(ObjectNode facts) throws Exception {
        JsonNode paid = factsOf("network chat").path("metadata").path("cost");
        JsonNode account =
                client.get("/api/v1/openclaw/payments").path("accounts").path(0);
        facts.set("paid", paid);
        facts.set("spentToday", account.path("spent_today"));
        facts.set("limitPerDay", account.path("limit_per_day"));
        facts.set("limitPerJob", account.path("limit_per_job"));
        require(paid.path("amount").asString("0").matches(".*[1-9].*"), "nothing was paid");
        require(
                paid.equals(account.path("spent_today")),
                "%s was paid, %s is booked".formatted(amount(paid), amount(account.path("spent_today"))));
        return "%s, of at most %s a day (devnet coins, worth nothing)"
                .formatted(amount(paid), amount(account.path("limit_per_day")));
    }

    private static String amount(JsonNode amount) {
        return amount.path("amount").asString("?") + " " + amount.path("unit").asString("?");
    }

    private JsonNode factsOf(String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name) && step.ok())
                .map(Step::facts)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("needs the step '%s'".formatted(name)));
    }

    private static String text(JsonNode answer) {
        return answer.path("message").path("content").asString("");
    }

    private static String quoted(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return "\"" + (line.length() > 70 ? line.substring(0, 69) + "…" : line) + "\"";
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
