package io.aitbc.openclaw.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A model a {@link ScriptedOllama} has.
 *
 * @param name with its tag
 * @param capabilities as {@code /api/show} lists them
 * @param contextLength tokens
 * @param sizeBytes of the file
 */
public record ScriptedModel(String name, List<String> capabilities, int contextLength, long sizeBytes) {
    public ScriptedModel {
        capabilities = List.copyOf(capabilities);
    }

    /** A chat model with tools and a context of 8,192 tokens. */
    public static ScriptedModel chat(String name) {
        return new ScriptedModel(name, List.of("completion", "tools"), 8192, 1_321_098_329L);
    }

    public static ScriptedModel embedding(String name) {
        return new ScriptedModel(name, List.of("embedding"), 2048, 274_302_450L);
    }

    public ScriptedModel withName(String other) {
        return new ScriptedModel(other, capabilities, contextLength, sizeBytes);
    }

    /** 64 hexadecimal digits that depend on everything but the name. */
    public String digest() {
        try {
            byte[] content = (capabilities + "/" + contextLength + "/" + sizeBytes).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
