package io.aitbc.openclaw.engine.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts text into the words inside which byte pairs are merged, by the rules llama.cpp has for {@code tokenizer.ggml.pre}. */
final class PreTokenizer {
    private static final String GPT_2 =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    private static final String LLAMA_3 = "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])"
            + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private final List<Pattern> stages;

    private PreTokenizer(String... stages) {
        this.stages = List.of(stages).stream()
                .map(stage -> Pattern.compile(stage, Pattern.UNICODE_CHARACTER_CLASS))
                .toList();
    }

    static Optional<PreTokenizer> named(String name) {
        return switch (name) {
            case "gpt-2", "gpt2" -> Optional.of(new PreTokenizer(GPT_2));
            case "smollm" -> Optional.of(new PreTokenizer("\\p{N}", GPT_2));
            case "llama-bpe", "llama3", "llama-v3" -> Optional.of(new PreTokenizer(LLAMA_3));
            default -> Optional.empty();
        };
    }

    List<String> words(String text) {
        List<String> pieces = List.of(text);
        for (Pattern stage : stages) {
            List<String> finer = new ArrayList<>();
            pieces.forEach(piece -> split(stage, piece, finer::add));
            pieces = finer;
        }
        return pieces;
    }

    /** Hands on every match and every gap between matches. */
    private static void split(Pattern stage, String piece, Consumer<String> sink) {
        Matcher matcher = stage.matcher(piece);
        int done = 0;
        while (matcher.find()) {
            if (matcher.start() > done) {
                sink.accept(piece.substring(done, matcher.start()));
            }
            if (matcher.end() > matcher.start()) {
                sink.accept(matcher.group());
            }
            done = matcher.end();
        }
        if (done < piece.length()) {
            sink.accept(piece.substring(done));
        }
    }
}
