package io.aitbc.openclaw.engine.sample;

/** A constraint on the tokens of an answer. Not for several threads. */
public interface TokenFilter {
    /** Sets the logits of tokens that may not come next to negative infinity; leaves at least one. */
    void mask(float[] logits);

    /** Notes that a token was chosen. */
    void accept(int token);
}
