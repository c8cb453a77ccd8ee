package io.aitbc.openclaw.provider.direct;

import io.aitbc.openclaw.provider.coordinator.Json;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import okio.BufferedSource;

/** The lines of an answer, each of limited length, all together of limited length. */
final class AnswerLines {
    private final BufferedSource source;
    private final int lineLimit;
    private final long totalLimit;
    private long total;

    AnswerLines(BufferedSource source, int lineLimit, long totalLimit) {
        this.source = source;
        this.lineLimit = lineLimit;
        this.totalLimit = totalLimit;
    }

    /**
     * Waits for the next line that is not blank.
     *
     * @return empty at the end
     * @throws io.aitbc.openclaw.api.OpenClawException with MALFORMED_ANSWER when it is too long
     * @throws EOFException when the end comes within a line
     */
    Optional<String> next() throws IOException {
        while (true) {
            long end = source.indexOf((byte) '\n', 0, lineLimit + 1L);
            if (end < 0 && source.getBuffer().size() > lineLimit) {
                throw AnswerLine.malformed("a line of more than " + lineLimit + " bytes");
            }
            if (end < 0 && source.exhausted()) {
                return Optional.empty();
            }
            long length = end < 0 ? source.getBuffer().size() : end;
            total += length + 1;
            if (total > totalLimit) {
                throw AnswerLine.malformed("an answer of more than " + totalLimit + " bytes");
            }
            String line = source.readString(length, StandardCharsets.UTF_8);
            if (end >= 0) {
                source.skip(1);
            }
            if (end < 0 && !line.isBlank() && Json.read(line).isEmpty()) {
                throw new EOFException("it ended within a line");
            }
            if (!line.isBlank()) {
                return Optional.of(line);
            }
            if (end < 0) {
                return Optional.empty();
            }
        }
    }
}
