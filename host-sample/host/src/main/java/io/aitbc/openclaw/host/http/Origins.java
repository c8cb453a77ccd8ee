package io.aitbc.openclaw.host.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which web pages may call: those of this machine and of desktop applications, and those that are configured. */
final class Origins {
    private static final List<String> ALWAYS = List.of(
            "http://localhost",
            "https://localhost",
            "http://localhost:*",
            "https://localhost:*",
            "http://127.0.0.1",
            "https://127.0.0.1",
            "http://127.0.0.1:*",
            "https://127.0.0.1:*",
            "http://0.0.0.0",
            "https://0.0.0.0",
            "http://0.0.0.0:*",
            "https://0.0.0.0:*",
            "app://*",
            "file://*",
            "tauri://*",
            "vscode-webview://*",
            "vscode-file://*");

    private final boolean all;
    private final List<Pattern> patterns = new ArrayList<>();

    Origins(List<String> configured) {
        this.all = configured.contains("*");
        Stream.concat(ALWAYS.stream(), configured.stream()).forEach(origin -> patterns.add(pattern(origin)));
    }

    private static Pattern pattern(String origin) {
        String regex = Stream.of(origin.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex);
    }

    /** Whether every page may call. */
    boolean all() {
        return all;
    }

    boolean allow(String origin) {
        return all
                || patterns.stream().anyMatch(pattern -> pattern.matcher(origin).matches());
    }
}
