package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.TokenLogprob;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.Usage;
import io.aitbc.openclaw.engine.chat.ToolCallParser;
import io.aitbc.openclaw.engine.model.TokenSequence;
import io.aitbc.openclaw.engine.sample.Logprobs;
import io.aitbc.openclaw.engine.sample.Sampler;
import io.aitbc.openclaw.engine.sample.TokenFilter;
import io.aitbc.openclaw.engine.token.TokenList;
import io.aitbc.openclaw.engine.token.Tokenizer;
import io.aitbc.openclaw.engine.token.Utf8Assembler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Computes one answer, token by token. */
final class Generation {
    /**
     * What to compute.
     *
     * @param prompt all tokens, the begin token included
     * @param reportContext whether the final event lists the tokens of prompt and answer
     * @param alternatives how many alternatives a token to report; negative: no probabilities at all
     */
    record Task(
            int[] prompt,
            GenerationLimits limits,
            List<String> stops,
            Optional<TokenFilter> filter,
            Optional<ToolCallParser> tools,
            int alternatives,
            boolean reportContext) {
        Task {
            stops = List.copyOf(stops);
        }
    }

    private final Tokenizer tokenizer;
    private final TokenSequence sequence;
    private final Sampler sampler;
    private final Task task;
    private final Consumer<InferenceEvent> sink;
    private final BooleanSupplier canceled;

    private final TokenList context = new TokenList();
    private final List<Integer> answer = new ArrayList<>();
    private final Utf8Assembler assembler = new Utf8Assembler();
    private final StopTexts stops;
    private final Logprobs logprobs;
    private final List<TokenLogprob> pendingLogprobs = new ArrayList<>();
    private int generated;

    Generation(
            Tokenizer tokenizer,
            TokenSequence sequence,
            Sampler sampler,
            Task task,
            Consumer<InferenceEvent> sink,
            BooleanSupplier canceled) {
        this.tokenizer = tokenizer;
        this.sequence = sequence;
        this.sampler = sampler;
        this.task = task;
        this.sink = sink;
        this.canceled = canceled;
        this.stops = new StopTexts(task.stops());
        this.logprobs = new Logprobs(tokenizer);
    }

    /**
     * Runs to the end of the answer and returns the final event, which is not handed to the sink.
     *
     * @param started System.nanoTime() when the request came
     * @param load how long loading the model took
     * @throws CancellationException when canceled
     */
    InferenceEvent.Finished run(long started, Duration load) {
        long promptStart = System.nanoTime();
        context.addAll(task.prompt());
        float[] logits = sequence.evaluate(task.prompt(), sequence.length(), task.prompt().length, canceled);
        long evalStart = System.nanoTime();
        FinishReason reason = generate(logits);
        flush();
        List<ToolCall> calls = task.tools().map(ToolCallParser::calls).orElse(List.of());
        if (!calls.isEmpty()) {
            sink.accept(new InferenceEvent.ToolCalls(calls));
        }
        long end = System.nanoTime();
        Usage usage = new Usage(
                OptionalInt.of(task.prompt().length),
                OptionalInt.of(generated),
                Optional.of(Duration.ofNanos(end - started)),
                Optional.of(load),
                Optional.of(Duration.ofNanos(evalStart - promptStart)),
                Optional.of(Duration.ofNanos(end - evalStart)));
        return new InferenceEvent.Finished(reason, usage, contextTokens(), Optional.empty(), Optional.empty());
    }

    private FinishReason generate(float[] first) {
        float[] logits = first;
        while (generated < task.limits().mostTokens()) {
            int token = choose(logits);
            generated++;
            if (tokenizer.isEnd(token)) {
                return FinishReason.STOP;
            }
            answer.add(token);
            context.add(token);
            task.filter().ifPresent(filter -> filter.accept(token));
            write(token);
            if (stops.met()) {
                return FinishReason.STOP;
            }
            if (canceled.getAsBoolean()) {
                throw new CancellationException();
            }
            if (generated < task.limits().mostTokens()) {
                if (sequence.length() >= task.limits().contextLength() && !slide()) {
                    return FinishReason.LENGTH;
                }
                logits = sequence.evaluate(new int[] {token}, 0, 1, canceled);
            }
        }
        return FinishReason.LENGTH;
    }

    private int choose(float[] logits) {
        Optional<float[]> raw = task.alternatives() >= 0 ? Optional.of(logits.clone()) : Optional.empty();
        sampler.penalize(logits, context);
        task.filter().ifPresent(filter -> filter.mask(logits));
        int token = sampler.choose(logits);
        raw.filter(all -> !tokenizer.isEnd(token))
                .ifPresent(all -> pendingLogprobs.add(logprobs.of(all, token, task.alternatives())));
        return token;
    }

    /** Makes room by forgetting the older half of what may be forgotten, as llama.cpp does. */
    private boolean slide() {
        int keep = Math.min(task.limits().keep(), task.prompt().length);
        int drop = (sequence.length() - keep) / 2;
        if (!task.limits().shift() || drop < 1) {
            return false;
        }
        sequence.remove(keep, keep + drop);
        return true;
    }

    private void write(int token) {
        if (!tokenizer.isControl(token)) {
            emit(stops.add(assembler.add(tokenizer.bytes(token))));
        }
    }

    private void flush() {
        if (!stops.met()) {
            emit(stops.add(assembler.end()));
            emit(stops.end());
        }
        task.tools().map(ToolCallParser::end).ifPresent(this::emitText);
    }

    private void emit(String text) {
        emitText(task.tools().map(parser -> parser.add(text)).orElse(text));
    }

    private void emitText(String text) {
        if (!text.isEmpty()) {
            sink.accept(new InferenceEvent.Text(text, pendingLogprobs));
            pendingLogprobs.clear();
        }
    }

    private List<Integer> contextTokens() {
        if (!task.reportContext()) {
            return List.of();
        }
        List<Integer> tokens = new ArrayList<>();
        int skip = tokenizer.begin().isPresent() ? 1 : 0;
        for (int i = skip; i < task.prompt().length; i++) {
            tokens.add(task.prompt()[i]);
        }
        tokens.addAll(answer);
        return tokens;
    }
}
