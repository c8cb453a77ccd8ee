package io.aitbc.openclaw.bench.engine;

import java.util.List;
import java.util.Locale;

/**
 * What a run measured.
 *
 * @param loadMillis loading the model in a fresh JVM
 * @param firstTokenMillis from the request to the first text, warm, median
 * @param tokensPerSecond behind the first one, one answer at a time, warm, median
 */
record EngineFigures(double loadMillis, double firstTokenMillis, double tokensPerSecond) {
    private static final String PREFIX = "figures ";

    String line() {
        return PREFIX + String.format(Locale.ROOT, "%.3f %.3f %.1f", loadMillis, firstTokenMillis, tokensPerSecond);
    }

    /** @throws IllegalStateException when no line has the figures */
    static EngineFigures parse(List<String> output) {
        String line = output.stream()
                .filter(it -> it.startsWith(PREFIX))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the measuring process printed no figures"));
        String[] numbers = line.substring(PREFIX.length()).split(" ");
        return new EngineFigures(
                Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]), Double.parseDouble(numbers[2]));
    }
}
