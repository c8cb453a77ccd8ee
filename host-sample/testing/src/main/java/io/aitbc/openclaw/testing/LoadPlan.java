package io.aitbc.openclaw.testing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * What a {@link LoadClient} does: each connection sends the same request again as soon as its answer is whole.
 *
 * @param target full URL, plain HTTP
 * @param body of the POST requests
 * @param connections kept open and busy
 * @param warmUp time before measuring starts
 * @param time measured
 * @param requestsPerConnection stop after so many, warm-up included; empty: until the time is up
 * @param lines lines each answer must have; empty: at least one
 */
public record LoadPlan(
        URI target,
        String body,
        int connections,
        Duration warmUp,
        Duration time,
        OptionalInt requestsPerConnection,
        OptionalInt lines) {
    public static LoadPlan of(URI target, String body, int connections, Duration warmUp, Duration time) {
        return new LoadPlan(target, body, connections, warmUp, time, OptionalInt.empty(), OptionalInt.empty());
    }

    /** One request on each connection, without warm-up. */
    public static LoadPlan once(URI target, String body, int connections, Duration time) {
        return new LoadPlan(target, body, connections, Duration.ZERO, time, OptionalInt.of(1), OptionalInt.empty());
    }

    public LoadPlan withLines(int expected) {
        return new LoadPlan(target, body, connections, warmUp, time, requestsPerConnection, OptionalInt.of(expected));
    }

    byte[] requestBytes() {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(target.getRawPath(), target.getHost(), target.getPort(), content.length);
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + content.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(content, 0, all, start.length, content.length);
        return all;
    }
}
