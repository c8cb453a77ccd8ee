package io.aitbc.openclaw.bench.faults;

import static io.aitbc.openclaw.bench.faults.Stage.AITBC;
import static io.aitbc.openclaw.bench.faults.Stage.BOTH;
import static io.aitbc.openclaw.bench.faults.Stage.LOCAL;

import io.aitbc.openclaw.testing.OllamaLines;
import io.aitbc.openclaw.testing.ScriptedAnswer;
import java.time.Duration;
import java.util.List;

/** What a local engine can do wrong: die, hang, cut and lie, before its first byte and after it. */
final class LocalFaults {
    private static final Outcome FROM_NETWORK = new Outcome.Answered(AITBC);
    private static final String BUSY = "server busy, please try again.  maximum pending requests exceeded";

    private LocalFaults() {}

    static List<Fault> all() {
        return List.of(
                // Before the first byte, somebody else can answer.
                local("local-dead", "The local Ollama is not running", FROM_NETWORK, Money.PAID_ONCE, stage -> {
                    stage.killOllama();
                    return stage.ask(BOTH);
                }),
                before(
                        "local-killed",
                        "It dies when the request arrives",
                        ScriptedAnswer.silent().reset()),
                before(
                        "local-cut-head",
                        "It dies within the head of its answer",
                        ScriptedAnswer.ndjson().cutAfter(20)),
                before(
                        "local-hangs",
                        "It hangs before the first byte",
                        ScriptedAnswer.silent().hang()),
                before(
                        "local-hangs-headed",
                        "It hangs after the head",
                        ScriptedAnswer.ndjson().hang()),
                before(
                        "local-empty",
                        "It ends its answer before the first line",
                        ScriptedAnswer.ndjson().end()),
                before("local-busy", "Its queue is full", error(503, BUSY)),
                before("local-fails", "It fails to load the model", error(500, "llama runner process has terminated")),
                before("local-vanished", "It lists the model and then does not know it", error(404, "model not found")),
                before(
                        "local-garbage",
                        "It answers with something that is no JSON",
                        ScriptedAnswer.ndjson().line("<html>oops</html>").end()),
                before(
                        "local-proxy",
                        "A proxy before it answers with a page",
                        ScriptedAnswer.whole(502, "text/html", "<html>Bad Gateway</html>")),
                before(
                        "local-error-first",
                        "Its first line is an error",
                        ScriptedAnswer.ndjson()
                                .line(OllamaLines.error("out of memory"))
                                .end()),
                // Nobody else has the model.
                alone(
                        "local-dead-alone",
                        "The local Ollama is not running, nobody else has the model",
                        502,
                        "Ollama at http://127.0.0.1",
                        stage -> {
                            stage.killOllama();
                            return stage.ask(LOCAL);
                        }),
                alone(
                        "local-hangs-alone",
                        "It hangs before the first byte, nobody else has the model",
                        504,
                        "did not answer",
                        stage -> stage.localChat(ScriptedAnswer.silent().hang()).ask(LOCAL)),
                alone(
                        "local-busy-alone",
                        "Its queue is full, nobody else has the model",
                        503,
                        BUSY,
                        stage -> stage.localChat(error(503, BUSY)).ask(LOCAL)),
                alone(
                        "local-cut-unary",
                        "It dies within an answer that is not streamed",
                        502,
                        "broke within its answer",
                        stage -> stage.localChat(Stage.begun(LOCAL).reset()).askWhole(LOCAL)),
                // After the first byte an answer is finished there or fails.
                after(
                        "local-reset-midway",
                        "It dies within its answer",
                        "broke within its answer",
                        Stage.begun(BOTH).reset()),
                after(
                        "local-closed-midway",
                        "It closes the connection within its answer",
                        "broke within its answer",
                        Stage.begun(BOTH).close()),
                after(
                        "local-no-done",
                        "It ends its answer without saying that it is whole",
                        "without saying that it is done",
                        Stage.begun(BOTH).end()),
                after(
                        "local-half-line",
                        "It ends within a line",
                        "broke within its answer",
                        Stage.begun(BOTH).chunk("{\"model\":\"wren").close()),
                after(
                        "local-error-midway",
                        "It reports an error within its answer",
                        "runner crashed",
                        Stage.begun(BOTH)
                                .line(OllamaLines.error("runner crashed"))
                                .end()),
                after(
                        "local-garbage-midway",
                        "It sends something that is no JSON within its answer",
                        "not JSON",
                        Stage.begun(BOTH).line("%%%").end()),
                after(
                        "local-hangs-midway",
                        "It hangs within its answer",
                        "stopped in the middle",
                        Stage.begun(BOTH).hang()),
                local(
                        "client-leaves",
                        "The client leaves within a local answer",
                        new Outcome.Stopped("the engine's connection is closed within 1 s"),
                        Money.NONE,
                        LocalFaults::clientLeaves));
    }

    private static Fault before(String id, String fault, ScriptedAnswer answer) {
        return local(
                id,
                fault,
                FROM_NETWORK,
                Money.PAID_ONCE,
                stage -> stage.localChat(answer).ask(BOTH));
    }

    private static Fault alone(String id, String fault, int status, String part, Fault.Play play) {
        return local(id, fault, new Outcome.Refused(status, part), Money.NONE, play);
    }

    private static Fault after(String id, String fault, String part, ScriptedAnswer answer) {
        return local(
                id,
                fault,
                new Outcome.CutOff(part),
                Money.NONE,
                stage -> stage.localChat(answer).ask(BOTH));
    }

    private static Fault local(String id, String fault, Outcome outcome, Money money, Fault.Play play) {
        return new Fault(id, fault, outcome, money, play);
    }

    private static ScriptedAnswer error(int status, String text) {
        return ScriptedAnswer.json(status, OllamaLines.error(text));
    }

    private static Reply clientLeaves(Stage stage) throws Exception {
        int before = stage.ollama().disconnects().size();
        stage.localChat(Stage.begun(LOCAL).hang());
        stage.client().chatAndLeave(LOCAL);
        long start = System.nanoTime();
        boolean stopped = stage.ollama().awaitDisconnects(before + 1, Duration.ofSeconds(1));
        return Reply.left(stopped, Duration.ofNanos(System.nanoTime() - start));
    }
}
