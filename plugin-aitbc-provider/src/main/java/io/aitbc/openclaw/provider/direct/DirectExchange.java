package io.aitbc.openclaw.provider.direct;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.TokenLogprob;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;

/** One question to one endpoint, and its answer passed on line by line. */
final class DirectExchange {
    private static final long LONGEST_ERROR = 8 * 1024;

    private final DirectHttp http;
    private final DirectEndpoint endpoint;
    private final DirectQuestion question;
    private final AnswerSink sink;
    private final CallScope scope;
    private List<TokenLogprob> pending = List.of();
    private boolean modelNamed = true;
    private volatile Phase phase = Phase.HEAD;
    private long startedNanos;

    private enum Phase {
        HEAD,
        FIRST_LINE,
        LINES,
        OVERDUE
    }

    DirectExchange(
            DirectHttp http, DirectEndpoint endpoint, DirectQuestion question, AnswerSink sink, CallScope scope) {
        this.http = http;
        this.endpoint = endpoint;
        this.question = question;
        this.sink = sink;
        this.scope = scope;
    }

    /**
     * A whole answer.
     *
     * @param last its last line
     * @param modelNamed whether every line said which model answers
     */
    record Whole(AnswerLine last, boolean modelNamed) {}

    /**
     * Asks, and passes on what comes until the answer is whole.
     *
     * @param timer ends the wait for the first line
     * @throws OpenClawException when the answer is not whole, not of the model, or not an answer
     */
    Whole ask(ScheduledExecutorService timer) {
        scope.check();
        Call call = http.call(endpoint, question);
        long firstByte = http.limits().firstByte().toMillis();
        Future<?> overdue = timer.schedule(() -> overdue(call), firstByte, TimeUnit.MILLISECONDS);
        scope.begin(call);
        startedNanos = System.nanoTime();
        try (Response response = call.execute()) {
            if (phase == Phase.HEAD) {
                phase = Phase.FIRST_LINE;
            }
            BufferedSource source = response.body().source();
            idleFrom(source);
            checkHead(response);
            return read(source, overdue);
        } catch (IOException e) {
            scope.check();
            throw failure(e);
        } finally {
            overdue.cancel(false);
            scope.end(call);
        }
    }

    /** A name that does not resolve cannot be interrupted, so whoever waits is told at once. */
    private void overdue(Call call) {
        if (phase != Phase.LINES) {
            phase = Phase.OVERDUE;
            sink.fail(late());
            call.cancel();
        }
    }

    private OpenClawException late() {
        return new OpenClawException(
                ErrorCode.FIRST_BYTE_TIMEOUT,
                "The provider's endpoint %s gave no answer within %d ms (direct-first-byte-timeout)"
                        .formatted(endpoint, http.limits().firstByte().toMillis()));
    }

    private Whole read(BufferedSource source, Future<?> overdue) throws IOException {
        AnswerLines lines =
                new AnswerLines(source, http.limits().lineBytes(), http.limits().answerBytes());
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (phase == Phase.OVERDUE) {
                throw late();
            }
            phase = Phase.LINES;
            overdue.cancel(false);
            AnswerLine read = AnswerLine.parse(line.get());
            accept(read);
            if (read.done()) {
                return new Whole(read, modelNamed);
            }
            sink.awaitRoom();
            scope.check();
            idleFrom(source);
        }
        throw new OpenClawException(
                ErrorCode.STREAM_CUT,
                "The provider's endpoint %s ended its answer without saying that it is done".formatted(endpoint));
    }

    /** Between lines and not between bytes, so that a drip of bytes that never becomes a line is silence too. */
    private void idleFrom(BufferedSource source) {
        long allowed = phase == Phase.LINES
                ? http.limits().idle().toNanos()
                : http.limits().firstByte().toNanos();
        source.timeout().deadlineNanoTime(System.nanoTime() + allowed);
    }

    private void accept(AnswerLine line) {
        line.error().ifPresent(error -> {
            throw new OpenClawException(
                    ErrorCode.PROVIDER_FAILED, "The provider's endpoint reported a failure: " + error);
        });
        line.model().ifPresentOrElse(this::checkModel, () -> modelNamed = false);
        if (!line.thinking().isEmpty()) {
            sink.add(new InferenceEvent.Thinking(line.thinking()));
        }
        List<TokenLogprob> logprobs = new ArrayList<>(pending);
        logprobs.addAll(line.logprobs());
        if (line.text().isEmpty()) {
            // A token that is only part of a character comes without text.
            pending = logprobs;
        } else {
            pending = List.of();
            sink.add(new InferenceEvent.Text(line.text(), logprobs));
        }
        if (!line.toolCalls().isEmpty()) {
            sink.add(new InferenceEvent.ToolCalls(line.toolCalls()));
        }
    }

    private void checkModel(String answering) {
        if (!canonical(answering).equals(canonical(question.model()))) {
            throw new OpenClawException(
                    ErrorCode.MODEL_SUBSTITUTED,
                    "The provider's endpoint answered with %s instead of %s"
                            .formatted(OneLine.of(answering), question.model()));
        }
    }

    private static String canonical(String model) {
        String lower = model.strip().toLowerCase(Locale.ROOT);
        return lower.indexOf(':', lower.lastIndexOf('/') + 1) < 0 ? lower + ":latest" : lower;
    }

    private void checkHead(Response response) throws IOException {
        if (response.isRedirect()) {
            throw new OpenClawException(
                    ErrorCode.PROVIDER_FAILED,
                    "The provider's endpoint %s redirects elsewhere, which is not followed".formatted(endpoint));
        }
        String encoding = response.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw AnswerLine.malformed("a compressed answer, which was not asked for");
        }
        if (response.code() != 200) {
            throw new OpenClawException(
                    code(response.code()),
                    "The provider's endpoint answered %d: %s".formatted(response.code(), errorText(response)));
        }
        String type = response.header("Content-Type", "");
        String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!media.equals("application/x-ndjson") && !media.equals("application/json")) {
            throw AnswerLine.malformed("an answer of type '%s' instead of lines of JSON".formatted(OneLine.of(media)));
        }
    }

    /** No status of a stranger is passed on: clients would take it for one of this host. */
    private static ErrorCode code(int status) {
        return switch (status) {
            case 400 -> ErrorCode.UNSUPPORTED;
            case 401, 403 -> ErrorCode.NOT_AUTHORIZED;
            case 404 -> ErrorCode.MODEL_NOT_FOUND;
            case 429, 503 -> ErrorCode.OVERLOADED;
            default -> ErrorCode.PROVIDER_FAILED;
        };
    }

    private static String errorText(Response response) throws IOException {
        String body = response.peekBody(LONGEST_ERROR).string();
        return Json.read(body)
                .flatMap(json -> Json.text(json, "error"))
                .map(OneLine::of)
                .filter(text -> !text.isEmpty())
                .orElse("no reason given");
    }

    private OpenClawException failure(IOException cause) {
        if (phase == Phase.OVERDUE) {
            return late();
        }
        Duration total = http.limits().total();
        boolean timedOut = cause instanceof InterruptedIOException;
        if (timedOut && System.nanoTime() - startedNanos >= total.toNanos()) {
            return new OpenClawException(
                    ErrorCode.IDLE_TIMEOUT,
                    "The provider's endpoint %s did not finish its answer within %d ms (direct-timeout)"
                            .formatted(endpoint, total.toMillis()),
                    cause);
        }
        // The timer for the first line and the socket's deadline end at nearly the same moment; either may be first.
        return timedOut && phase == Phase.FIRST_LINE
                ? late()
                : TransportFailures.of(endpoint, cause, phase != Phase.HEAD);
    }
}
