package io.aitbc.openclaw.api.inference;

/** Why an answer ended. */
public enum FinishReason {
    /** The model ended it, a stop text was met, or it called tools. */
    STOP,
    /** The most tokens allowed were generated, or the context is full. */
    LENGTH
}
