package io.aitbc.openclaw.provider.miner;

/** {@code error_code} of a job that failed. The network does not interpret it. */
enum FailureCode {
    UNSUPPORTED_JOB_TYPE,
    INVALID_JOB,
    MODEL_NOT_FOUND,
    PROMPT_TOO_LONG,
    INFERENCE_FAILED,
    OUTPUT_TOO_LONG,
    TIME_LIMIT,
    MINER_STOPPED
}
