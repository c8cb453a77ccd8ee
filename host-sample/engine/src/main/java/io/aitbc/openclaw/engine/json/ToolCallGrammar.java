package io.aitbc.openclaw.engine.json;

import io.aitbc.openclaw.engine.sample.TokenFilter;
import io.aitbc.openclaw.engine.token.Tokenizer;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form of Hermes-style tool calls: free text until {@code <tool_call>}, then the name of one of the tools with arguments
 * that fit its schema, as llama.cpp does it.
 */
public final class ToolCallGrammar {
    private final Grammar grammar;

    private ToolCallGrammar(Grammar grammar) {
        this.grammar = grammar;
    }

    /**
     * @param definitions tools as clients send them. A parameter schema that cannot be followed lets any object through: the
     *     client checks arguments anyway.
     */
    public static ToolCallGrammar of(List<String> definitions) {
        Grammar.Builder builder = new Grammar.Builder();
        JsonRules json = new JsonRules(builder);
        int call = builder.rule();
        for (String definition : definitions) {
            JsonNode function = function(definition);
            int name = builder.sequence(builder.text(function.path("name").toString()));
            int arguments = arguments(function.path("parameters"), builder, json);
            int head = builder.sequence(builder.text("{\"name\": "));
            int middle = builder.sequence(builder.text(", \"arguments\": "));
            builder.alternative(call, head, name, middle, arguments, builder.oneOf("}"));
        }
        int end = builder.sequence(builder.text("</tool_call>"));
        return new ToolCallGrammar(builder.build(builder.sequence(json.space, call, json.space, end)));
    }

    private static JsonNode function(String definition) {
        try {
            JsonNode function = JsonMapper.shared().readTree(definition).path("function");
            if (!function.path("name").isString()) {
                throw new SchemaException("a tool has no function name");
            }
            return function;
        } catch (JacksonException e) {
            throw new SchemaException("a tool is not valid JSON");
        }
    }

    private static int arguments(JsonNode parameters, Grammar.Builder builder, JsonRules json) {
        boolean described = parameters.has("properties")
                || "object".equals(parameters.path("type").asString(""));
        if (!described) {
            return json.object;
        }
        try {
            Grammar.Builder trial = new Grammar.Builder();
            trial.build(new SchemaCompiler(trial, new JsonRules(trial)).compile(parameters));
            return new SchemaCompiler(builder, json).compile(parameters);
        } catch (SchemaException e) {
            return json.object;
        }
    }

    /** A filter for one answer. */
    public TokenFilter filter(Tokenizer tokenizer, TokenTrie trie) {
        return new LazyFilter(tokenizer, new GrammarFilter(new Automaton(grammar), tokenizer, trie));
    }

    /** Sleeps until the opening tag was written, and again after each call. */
    private static final class LazyFilter implements TokenFilter {
        private static final byte[] TAG = "<tool_call>".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        private final Tokenizer tokenizer;
        private final GrammarFilter call;
        private int matched;
        private boolean inside;

        LazyFilter(Tokenizer tokenizer, GrammarFilter call) {
            this.tokenizer = tokenizer;
            this.call = call;
        }

        @Override
        public void mask(float[] logits) {
            if (inside) {
                call.mask(logits);
            }
        }

        @Override
        public void accept(int token) {
            if (inside) {
                call.accept(token);
                if (call.finished()) {
                    inside = false;
                    matched = 0;
                    call.restart();
                }
                return;
            }
            for (byte value : tokenizer.bytes(token)) {
                if (matched == TAG.length || value != TAG[matched]) {
                    matched = value == TAG[0] ? 1 : 0;
                } else {
                    matched++;
                }
            }
            inside = matched == TAG.length;
        }
    }
}
