package io.aitbc.openclaw.bench.outbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing to deliver.
 *
 * @param lane counted from 0
 * @param number within the lane, counted from 0
 */
record Operation(int lane, int number) {
    private static final Pattern KEY = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

    String key() {
        return lane + "/" + number;
    }

    String laneName() {
        return "lane " + lane;
    }

    /** About as much as a job's result. */
    String payload() {
        return "{\"operation\":\"%s\",\"text\":\"%s\"}".formatted(key(), "The fox went home. ".repeat(10));
    }

    static Operation of(String key) {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("No operation: " + key);
        }
        return new Operation(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }
}
