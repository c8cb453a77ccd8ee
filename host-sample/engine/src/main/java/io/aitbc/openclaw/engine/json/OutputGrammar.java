package io.aitbc.openclaw.engine.json;

import io.aitbc.openclaw.engine.sample.TokenFilter;
import io.aitbc.openclaw.engine.token.Tokenizer;

/** What an answer may look like. Immutable; every answer gets its own filter. */
public final class OutputGrammar {
    private final Grammar grammar;

    private OutputGrammar(Grammar grammar) {
        this.grammar = grammar;
    }

    /** Any JSON object. */
    public static OutputGrammar jsonObject() {
        Grammar.Builder builder = new Grammar.Builder();
        return new OutputGrammar(builder.build(new JsonRules(builder).object));
    }

    /**
     * JSON that fits a schema.
     *
     * @throws SchemaException when it is no schema, or uses a keyword that cannot be followed
     */
    public static OutputGrammar schema(String schema) {
        Grammar.Builder builder = new Grammar.Builder();
        int root = new SchemaCompiler(builder, new JsonRules(builder)).compile(schema);
        return new OutputGrammar(builder.build(root));
    }

    Grammar grammar() {
        return grammar;
    }

    /** A filter for one answer that has this form from its first byte to its last. */
    public TokenFilter filter(Tokenizer tokenizer, TokenTrie trie) {
        return new GrammarFilter(new Automaton(grammar), tokenizer, trie);
    }
}
