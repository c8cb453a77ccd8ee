package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.host.http.json.JsonInput;

/** Whether to stream, and whether the usage is wanted at the end. */
final class StreamOptions {
    boolean stream;
    boolean includeUsage;

    boolean read(String name, JsonInput input) {
        switch (name) {
            case "stream" -> stream = input.flag(false);
            case "stream_options" ->
                input.object("openai.StreamOptions", field -> {
                    if (field.equals("include_usage")) {
                        includeUsage = input.flag(false);
                    }
                });
            default -> {
                return false;
            }
        }
        return true;
    }
}
