package io.aitbc.openclaw.api.inference;

import java.util.List;
import java.util.Optional;

/** A step of an answer. */
public sealed interface InferenceEvent {
    /**
     * More text of the answer.
     *
     * @param text whole characters only; empty only for probabilities of tokens behind the last text
     * @param logprobs of the tokens in it, when asked for
     */
    record Text(String text, List<TokenLogprob> logprobs) implements InferenceEvent {
        public Text {
            logprobs = List.copyOf(logprobs);
        }

        public Text(String text) {
            this(text, List.of());
        }
    }

    /** More of the model's reasoning. */
    record Thinking(String text) implements InferenceEvent {}

    /** Calls the model wants to have made; whole calls only. */
    record ToolCalls(List<ToolCall> calls) implements InferenceEvent {
        public ToolCalls {
            calls = List.copyOf(calls);
        }
    }

    /** The provider is alive and works on it; sent about once a second by providers that cannot stream. */
    record Waiting(String state) implements InferenceEvent {}

    /**
     * The answer is whole. Always the last event, and there is exactly one.
     *
     * @param contextTokens tokens of prompt and answer, of {@code generate} on providers that have them
     * @param job how a network computed it
     * @param route how it was routed; set by the router
     */
    record Finished(
            FinishReason reason,
            Usage usage,
            List<Integer> contextTokens,
            Optional<JobRecord> job,
            Optional<RouteDecision> route)
            implements InferenceEvent {
        public Finished {
            contextTokens = List.copyOf(contextTokens);
        }

        public Finished withJob(JobRecord record) {
            return new Finished(reason, usage, contextTokens, Optional.of(record), route);
        }

        public Finished withRoute(RouteDecision decision) {
            return new Finished(reason, usage, contextTokens, job, Optional.of(decision));
        }
    }
}
