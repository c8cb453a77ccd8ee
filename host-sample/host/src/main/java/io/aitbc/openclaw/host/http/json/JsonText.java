package io.aitbc.openclaw.host.http.json;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** JSON that others wrote and that is passed on as it is. */
public final class JsonText {
    private JsonText() {}

    /** The same JSON on one line, or empty when the text is not exactly one JSON value. */
    public static Optional<String> line(String json) {
        String line = json.indexOf('\n') < 0 && json.indexOf('\r') < 0
                ? json
                : json.replace('\n', ' ').replace('\r', ' ');
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return GoSyntax.isExactlyOneValue(bytes) ? Optional.of(line) : Optional.empty();
    }
}
