package io.aitbc.openclaw.testing;

import java.nio.charset.StandardCharsets;

/** The few things a fast upstream reads of a request, found without parsing the JSON. */
record FastRequest(String method, String path, byte[] bytes, int bodyStart, int end) {
    private static final byte[] STREAM = "\"stream\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MODEL = "\"model\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NUM_PREDICT = "\"num_predict\"".getBytes(StandardCharsets.US_ASCII);

    String body() {
        return new String(bytes, bodyStart, end - bodyStart, StandardCharsets.UTF_8);
    }

    boolean stream() {
        int value = value(STREAM);
        return value < 0 || bytes[value] != 'f';
    }

    String model() {
        int value = value(MODEL);
        if (value < 0 || bytes[value] != '"') {
            return "";
        }
        int close = value + 1;
        while (close < end && bytes[close] != '"') {
            close++;
        }
        return new String(bytes, value + 1, close - value - 1, StandardCharsets.UTF_8);
    }

    int tokens(int fallback) {
        int value = value(NUM_PREDICT);
        if (value < 0) {
            return fallback;
        }
        int tokens = 0;
        for (int at = value; at < end && bytes[at] >= '0' && bytes[at] <= '9' && tokens < 10_000; at++) {
            tokens = 10 * tokens + bytes[at] - '0';
        }
        return tokens;
    }

    /** Where the value of the first field of this name starts; negative when there is none. */
    private int value(byte[] name) {
        int at = Bytes.indexOf(bytes, bodyStart, end, name);
        if (at < 0) {
            return -1;
        }
        int value = at + name.length;
        while (value < end - 1 && (bytes[value] == ':' || bytes[value] == ' ')) {
            value++;
        }
        return value;
    }
}
