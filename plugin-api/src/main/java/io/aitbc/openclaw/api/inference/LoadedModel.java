package io.aitbc.openclaw.api.inference;

import java.time.Instant;

/**
 * A model in memory.
 *
 * @param memoryBytes weights, context and buffers
 * @param vramBytes the part of it in GPU memory
 * @param contextLength tokens it was loaded with
 * @param expiresAt when it is unloaded unless it is used
 */
public record LoadedModel(
        ModelDescriptor model, long memoryBytes, long vramBytes, int contextLength, Instant expiresAt) {}
