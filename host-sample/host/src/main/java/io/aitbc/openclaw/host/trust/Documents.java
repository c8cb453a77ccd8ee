package io.aitbc.openclaw.host.trust;

import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.host.files.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Small JSON documents on disk. */
final class Documents {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Documents() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static byte[] bytes(JsonNode document) {
        return MAPPER.writeValueAsBytes(document);
    }

    /** @throws TrustException when it is no JSON object */
    static ObjectNode parse(byte[] bytes, String what) throws TrustException {
        try {
            if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new TrustException(what + " is not a JSON document: " + Lines.one(e.getOriginalMessage()));
        }
        throw new TrustException(what + " is not a JSON object");
    }

    /** Of a regular file only: opening a pipe waits for somebody to write to it. */
    static byte[] read(Path file, int longest, String what) throws TrustException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new TrustException(what + " is not a file: " + Lines.one(file.toString()));
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(longest + 1);
            if (bytes.length > longest) {
                throw new TrustException(what + " is longer than " + longest + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new TrustException(what + " cannot be read: " + Lines.one(FailureReason.of(e)));
        }
    }

    static String text(ObjectNode document, String name, String what) throws TrustException {
        JsonNode value = document.path(name);
        if (!value.isString()) {
            throw new TrustException(what + " has no text '" + name + "'");
        }
        return value.asString();
    }

    static void write(Path file, JsonNode document) throws IOException {
        DurableFiles.write(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(document));
    }
}
