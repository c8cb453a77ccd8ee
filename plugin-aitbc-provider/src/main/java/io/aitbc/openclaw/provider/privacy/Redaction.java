package io.aitbc.openclaw.provider.privacy;

import io.aitbc.openclaw.provider.coordinator.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was kept back from one request: each value has a placeholder such as {@code [EMAIL_1]}, the same wherever it stands,
 * and numbered as values appear, so that the next turn of a conversation has the same ones. Values never leave this class
 * but in the answer.
 */
public final class Redaction {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\[[A-Z][A-Z0-9_]{0,40}_[0-9]{1,6}\\]");

    private final List<Rule> rules;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, String> placeholders = new HashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new TreeMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    Redaction(List<Rule> rules) {
        this.rules = rules;
    }

    /** Notes texts that look like placeholders already: they are not ours, and stay what they are. */
    String reserve(String text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            taken.add(matcher.group());
        }
        return text;
    }

    String redact(String text) {
        List<Rule.Hit> hits = new ArrayList<>();
        rules.forEach(rule -> rule.find(text, hits::add));
        // Stable: of hits that begin together the rule that stands first counts.
        hits.sort(Comparator.comparingInt(Rule.Hit::start));
        StringBuilder redacted = new StringBuilder(text.length());
        int position = 0;
        for (Rule.Hit hit : hits) {
            if (hit.start() >= position) {
                redacted.append(text, position, hit.start());
                redacted.append(placeholder(hit.kind(), text.substring(hit.start(), hit.end())));
                position = hit.end();
            }
        }
        return redacted.append(text, position, text.length()).toString();
    }

    private String placeholder(String kind, String value) {
        return placeholders.computeIfAbsent(value, same -> {
            String placeholder;
            do {
                placeholder = "[%s_%d]".formatted(kind, numbers.merge(kind, 1, Integer::sum));
            } while (taken.contains(placeholder));
            values.put(placeholder, value);
            counts.merge(kind.toLowerCase(Locale.ROOT), 1, Integer::sum);
            return placeholder;
        });
    }

    /** The texts within a JSON document; what is no JSON is redacted as a text. */
    String redactJson(String json) {
        return Json.read(json)
                .map(tree -> JsonTexts.map(tree, this::redact).toString())
                .orElseGet(() -> redact(json));
    }

    String reserveJson(String json) {
        return reserve(json);
    }

    String restore(String text) {
        if (values.isEmpty() || text.indexOf('[') < 0) {
            return text;
        }
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(), match.group())));
    }

    String restoreJson(String json) {
        return Json.read(json)
                .map(tree -> JsonTexts.map(tree, this::restore).toString())
                .orElseGet(() -> restore(json));
    }

    /** Where a text ends with what may become a placeholder; its length when it does not. */
    int unfinished(String text) {
        int open = text.lastIndexOf('[');
        if (open < 0) {
            return text.length();
        }
        String end = text.substring(open);
        boolean mayGoOn = values.keySet().stream()
                .anyMatch(placeholder -> placeholder.length() > end.length() && placeholder.startsWith(end));
        return mayGoOn ? open : text.length();
    }

    /** How many different values of each kind were kept back; never the values. */
    public Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    /** The values stay out of logs. */
    @Override
    public String toString() {
        return "Redaction" + counts;
    }
}
