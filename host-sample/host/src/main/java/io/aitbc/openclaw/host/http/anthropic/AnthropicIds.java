package io.aitbc.openclaw.host.http.anthropic;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Ids as Ollama makes them for this protocol: a prefix and 24 hexadecimal digits. */
final class AnthropicIds {
    private AnthropicIds() {}

    static String next(String prefix) {
        byte[] bytes = new byte[12];
        ThreadLocalRandom.current().nextBytes(bytes);
        return prefix + HexFormat.of().formatHex(bytes);
    }
}
