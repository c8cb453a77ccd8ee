package io.aitbc.openclaw.devnet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;

/** What was recorded from the real network. */
final class TestingFiles {
    private TestingFiles() {}

    static JsonNode json(String name) {
        try (InputStream in = TestingFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("no test resource " + name);
            }
            return Json.parse(in.readAllBytes()).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
