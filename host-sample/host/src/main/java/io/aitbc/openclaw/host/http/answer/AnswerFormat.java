package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.inference.TokenLogprob;
import io.aitbc.openclaw.api.inference.ToolCall;
import java.util.List;

/** One answer in the shape a client understands, whole or streamed. */
public interface AnswerFormat {
    void text(String text, List<TokenLogprob> logprobs);

    void thinking(String text);

    void toolCalls(List<ToolCall> calls);

    /**
     * Nothing came for a while, but somebody works on it: a streamed answer sends what its clients take for a sign of life
     * and nothing else. From then on a failure has no status any more.
     */
    void waiting();

    /** The answer is whole. */
    void finished(Answered finished);

    /** The answer failed: a status and an error when nothing was sent yet, an error after what was sent otherwise. */
    void failed(ApiFailure failure);
}
