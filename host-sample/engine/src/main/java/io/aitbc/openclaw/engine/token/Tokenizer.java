package io.aitbc.openclaw.engine.token;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.engine.gguf.GgufMetadata;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Byte-level byte-pair encoding with the vocabulary of a GGUF file. Immutable. */
public final class Tokenizer {
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;

    private final List<String> tokens;
    private final byte[][] bytes;
    private final int[] byteTokens;
    private final BitSet control = new BitSet();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Integer> special = new HashMap<>();
    private final Pattern specialPattern;
    private final PreTokenizer preTokenizer;
    private final MergeTable merges = new MergeTable();
    private final OptionalInt begin;
    private final BitSet end = new BitSet();
    private final boolean wholeWordsFirst;

    private Tokenizer(GgufMetadata metadata) {
        String model = metadata.requiredText("tokenizer.ggml.model");
        if (!model.equals("gpt2")) {
            throw metadata.problem(
                    "tokenizer.ggml.model", "'%s' is not supported, only gpt2 (byte-level BPE) is".formatted(model));
        }
        String pre = metadata.text("tokenizer.ggml.pre").orElse("gpt-2");
        preTokenizer = PreTokenizer.named(pre)
                .orElseThrow(() -> metadata.problem(
                        "tokenizer.ggml.pre", "'%s' is not supported; gpt-2, smollm and llama-bpe are".formatted(pre)));
        wholeWordsFirst = pre.startsWith("llama");
        tokens = metadata.texts("tokenizer.ggml.tokens");
        if (tokens.isEmpty()) {
            throw metadata.problem("tokenizer.ggml.tokens", "is missing or empty");
        }
        bytes = new byte[tokens.size()][];
        readTokens(metadata);
        specialPattern = Pattern.compile(
                special.isEmpty()
                        ? "(?!)"
                        : String.join(
                                "|",
                                special.keySet().stream()
                                        .sorted((a, b) -> b.length() - a.length())
                                        .map(Pattern::quote)
                                        .toList()));
        byteTokens = byteTokens();
        readMerges(metadata);
        begin = beginToken(metadata);
        readEndTokens(metadata);
    }

    public static Tokenizer of(GgufMetadata metadata) {
        return new Tokenizer(metadata);
    }

    private void readTokens(GgufMetadata metadata) {
        List<Long> types = metadata.integers("tokenizer.ggml.token_type");
        if (!types.isEmpty() && types.size() != tokens.size()) {
            throw metadata.problem(
                    "tokenizer.ggml.token_type", "has %d items for %d tokens".formatted(types.size(), tokens.size()));
        }
        for (int id = 0; id < tokens.size(); id++) {
            String token = tokens.get(id);
            long type = types.isEmpty() ? 1 : types.get(id);
            if (ids.putIfAbsent(token, id) != null) {
                throw metadata.problem("tokenizer.ggml.tokens", "token %d is there twice".formatted(id));
            }
            boolean literal = type == CONTROL || type == USER_DEFINED;
            if (literal && !token.isEmpty()) {
                special.put(token, id);
                control.set(id, type == CONTROL);
            }
            bytes[id] = literal ? token.getBytes(StandardCharsets.UTF_8) : ByteAlphabet.decode(token);
        }
    }

    private int[] byteTokens() {
        int[] byValue = new int[256];
        for (int value = 0; value < 256; value++) {
            byValue[value] = ids.getOrDefault(String.valueOf(ByteAlphabet.character(value)), -1);
        }
        return byValue;
    }

    private void readMerges(GgufMetadata metadata) {
        String key = "tokenizer.ggml.merges";
        List<String> lines = metadata.texts(key);
        for (int rank = 0; rank < lines.size(); rank++) {
            String line = lines.get(rank);
            int space = line.indexOf(' ', 1);
            if (space < 1 || space == line.length() - 1) {
                throw metadata.problem(key, "merge %d is not two tokens".formatted(rank));
            }
            Integer left = ids.get(line.substring(0, space));
            Integer right = ids.get(line.substring(space + 1));
            Integer result = ids.get(line.substring(0, space) + line.substring(space + 1));
            if (left == null || right == null || result == null) {
                throw metadata.problem(key, "merge %d names a token that is not in the vocabulary".formatted(rank));
            }
            if (!merges.add(left, right, rank, result)) {
                throw metadata.problem(key, "merge %d is there twice".formatted(rank));
            }
        }
    }

    private OptionalInt beginToken(GgufMetadata metadata) {
        OptionalInt token = metadata.integer("tokenizer.ggml.bos_token_id", 0, tokens.size() - 1);
        boolean wanted = metadata.flag("tokenizer.ggml.add_bos_token").orElse(false);
        return wanted ? token : OptionalInt.empty();
    }

    private void readEndTokens(GgufMetadata metadata) {
        for (String key : List.of("eos_token_id", "eot_token_id", "eom_token_id")) {
            metadata.integer("tokenizer.ggml." + key, 0, tokens.size() - 1).ifPresent(end::set);
        }
        for (String name : List.of("<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|end_of_text|>")) {
            Integer id = special.get(name);
            if (id != null && control.get(id)) {
                end.set(id);
            }
        }
    }

    public int size() {
        return tokens.size();
    }

    /** The token that starts every prompt, when the model wants one. */
    public OptionalInt begin() {
        return begin;
    }

    /** Whether the token ends an answer. */
    public boolean isEnd(int token) {
        return end.get(token);
    }

    /** Whether the token is a mark that is no part of the text. */
    public boolean isControl(int token) {
        return control.get(token);
    }

    public OptionalInt special(String text) {
        Integer id = special.get(text);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The bytes the token stands for, also of control tokens. Not to be changed. */
    public byte[] bytes(int token) {
        return bytes[token];
    }

    /** As {@link #encode(PromptText)}, with all marks in the text recognised. */
    public int[] encode(String text) {
        return encode(new PromptText().trusted(text));
    }

    /**
     * Encodes text without a begin token. Control tokens are recognised only in the trusted parts of the text: what a user
     * writes cannot end his turn.
     *
     * @throws OpenClawException when the vocabulary lacks a byte of the text
     */
    public int[] encode(PromptText prompt) {
        TokenList out = new TokenList();
        String text = prompt.text();
        Matcher matcher = specialPattern.matcher(text);
        int done = 0;
        int from = 0;
        while (matcher.find(from)) {
            int id = special.getOrDefault(matcher.group(), -1);
            if (control.get(id) && !prompt.isTrusted(matcher.start(), matcher.end())) {
                from = matcher.start() + 1;
                continue;
            }
            encodeWords(text.substring(done, matcher.start()), out);
            out.add(id);
            done = matcher.end();
            from = done;
        }
        encodeWords(text.substring(done), out);
        return out.toArray();
    }

    private void encodeWords(String text, TokenList out) {
        if (text.isEmpty()) {
            return;
        }
        for (String word : preTokenizer.words(text)) {
            encodeWord(word, out);
        }
    }

    private void encodeWord(String word, TokenList out) {
        byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
        if (wholeWordsFirst) {
            StringBuilder spelled = new StringBuilder(utf8.length);
            for (byte value : utf8) {
                spelled.append(ByteAlphabet.character(value & 0xff));
            }
            Integer whole = ids.get(spelled.toString());
            if (whole != null) {
                out.add(whole);
                return;
            }
        }
        int[] symbols = new int[utf8.length];
        for (int i = 0; i < utf8.length; i++) {
            symbols[i] = byteToken(utf8[i] & 0xff);
        }
        for (int token : merges.apply(symbols)) {
            out.add(token);
        }
    }

    private int byteToken(int value) {
        int token = byteTokens[value];
        if (token < 0) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "the text holds the byte 0x%02x, which this model's vocabulary lacks".formatted(value));
        }
        return token;
    }

    /** The text of tokens, without control tokens; broken UTF-8 becomes U+FFFD. */
    public String decode(List<Integer> list) {
        Utf8Assembler assembler = new Utf8Assembler();
        StringBuilder text = new StringBuilder();
        for (int token : list) {
            if (!isControl(token)) {
                text.append(assembler.add(bytes(token)));
            }
        }
        return text.append(assembler.end()).toString();
    }
}
