package io.aitbc.openclaw.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a command prints. Colour only where a person looks, and never with {@code NO_COLOR}. */
final class Terminal {
    static final Pattern COLOUR = Pattern.compile("\u001b\\[\\d*m");
    private static final String RESET = "\u001b[0m";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean colour;

    Terminal(PrintWriter out, PrintWriter err, boolean colour) {
        this.out = out;
        this.err = err;
        this.colour = colour;
    }

    /** Whether standard output is a terminal that shows colours; the launcher knows whether it is a terminal at all. */
    static boolean wantsColour(Map<String, String> environment) {
        String noColour = environment.getOrDefault("NO_COLOR", "");
        return noColour.isEmpty() && !"dumb".equals(environment.get("TERM")) && Boolean.getBoolean("openclaw.terminal");
    }

    PrintWriter err() {
        return err;
    }

    PrintWriter out() {
        return out;
    }

    void line(String text) {
        out.println(lines(text));
        out.flush();
    }

    void problem(String text) {
        err.println(lines(text));
        err.flush();
    }

    private static String lines(String text) {
        return Stream.of(text.split("\\r?\\n", -1))
                .map(Terminal::printable)
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** One line of which nothing but our colours is left that a terminal does not print. */
    static String printable(String line) {
        StringBuilder text = new StringBuilder();
        Matcher colours = COLOUR.matcher(line);
        int from = 0;
        while (colours.find()) {
            text.append(plain(line.substring(from, colours.start()))).append(colours.group());
            from = colours.end();
        }
        return text.append(plain(line.substring(from))).toString();
    }

    /** Foreign text as one line that moves no cursor and turns no direction. */
    static String plain(String text) {
        return text.replaceAll("[\\p{gc=Cc}\\p{gc=Cf}\\p{gc=Zl}\\p{gc=Zp}]", "?");
    }

    boolean colour() {
        return colour;
    }

    String strong(String text) {
        return paint("1", text);
    }

    String good(String text) {
        return paint("32", text);
    }

    String bad(String text) {
        return paint("31", text);
    }

    String warn(String text) {
        return paint("33", text);
    }

    String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + RESET : text;
    }
}
