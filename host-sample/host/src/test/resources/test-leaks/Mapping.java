package test.verifier;

import tools.jackson.databind.json.JsonMapper;

/** Maps a type of the plugin. */
final class Mapping {
    record Greeting(String text) {}

    private Mapping() {}

    static void with(JsonMapper mapper) {
        Greeting read = mapper.readValue(mapper.writeValueAsString(new Greeting("hello")), Greeting.class);
        if (!read.text().equals("hello")) {
            throw new IllegalStateException(read.toString());
        }
    }
}
