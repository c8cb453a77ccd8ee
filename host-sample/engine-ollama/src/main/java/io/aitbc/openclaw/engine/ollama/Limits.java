package io.aitbc.openclaw.engine.ollama;

import java.io.IOException;
import okio.Buffer;
import okio.BufferedSource;

/** Reads that end. */
final class Limits {
    private Limits() {}

    /** All bytes, or a failure when there are more than the limit. */
    static byte[] readAll(BufferedSource source, long limit, Failures failures) throws IOException {
        Buffer all = new Buffer();
        while (source.read(all, 64 * 1024) >= 0) {
            if (all.size() > limit) {
                throw failures.malformed("an answer of more than " + limit + " bytes");
            }
        }
        return all.readByteArray();
    }
}
