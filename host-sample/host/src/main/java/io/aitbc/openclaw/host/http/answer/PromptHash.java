package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * SHA-256 over what was asked: a line {@code openclaw-prompt-v1}, then for each part a line with its name and its length in bytes, and
 * the part itself. Parts are the role of each message with its text, and its images in Base64; or {@code system}, {@code prompt},
 * {@code suffix} and images.
 */
final class PromptHash {
    private final MessageDigest digest = sha256();

    private PromptHash() {
        digest.update("openclaw-prompt-v1\n".getBytes(StandardCharsets.US_ASCII));
    }

    static String of(ChatRequest request) {
        PromptHash hash = new PromptHash();
        for (ChatMessage message : request.messages()) {
            hash.part(message.role().name().toLowerCase(Locale.ROOT), message.content());
            message.images().forEach(image -> hash.part("image", image));
        }
        return hash.text();
    }

    static String of(GenerateRequest request) {
        PromptHash hash = new PromptHash();
        request.system().ifPresent(system -> hash.part("system", system));
        hash.part("prompt", request.prompt());
        request.suffix().ifPresent(suffix -> hash.part("suffix", suffix));
        request.images().forEach(image -> hash.part("image", image));
        return hash.text();
    }

    private void part(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((name + " " + bytes.length + "\n").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private String text() {
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
