package io.aitbc.openclaw.host.compatibility;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client calls itself: {@code ollama-js/0.6.4 (x64 linux Node.js/v24)}, {@code OpenAI/JS 7.15.0}, {@code undici}.
 *
 * @param name {@code browser} for browsers, which all call themselves Mozilla; {@code none} when there is nothing to read
 * @param version empty when it tells none
 */
record UserAgent(String name, String version) {
    private static final int LONGEST = 200;
    private static final String VERSION = "[vV]?[0-9][A-Za-z0-9.+-]{0,39}";
    private static final Pattern SLASH =
            Pattern.compile("([A-Za-z][A-Za-z0-9._-]{0,39})/(" + VERSION + ")(\\s.*|;.*|)");
    private static final Pattern SPACE =
            Pattern.compile("([A-Za-z][A-Za-z0-9._/-]{0,39})\\s(" + VERSION + ")(\\s.*|;.*|)");
    private static final Pattern NAME = Pattern.compile("([A-Za-z][A-Za-z0-9._/-]{0,39})(\\s.*|;.*|)");

    static UserAgent read(String header) {
        String text = header.length() > LONGEST ? header.substring(0, LONGEST) : header;
        if (text.startsWith("Mozilla/")) {
            return new UserAgent("browser", "");
        }
        for (Pattern pattern : new Pattern[] {SLASH, SPACE}) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.matches()) {
                return new UserAgent(matcher.group(1), matcher.group(2));
            }
        }
        Matcher name = NAME.matcher(text);
        return new UserAgent(name.matches() ? name.group(1) : "none", "");
    }
}
