package io.aitbc.openclaw.engine.json;

import io.aitbc.openclaw.engine.sample.TokenFilter;
import io.aitbc.openclaw.engine.token.Tokenizer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Lets only tokens through that a grammar allows. */
final class GrammarFilter implements TokenFilter {
    private final Automaton automaton;
    private final Tokenizer tokenizer;
    private final TokenTrie trie;
    private final Map<Automaton.State, BitSet> masks = new HashMap<>();
    private Automaton.State state;

    GrammarFilter(Automaton automaton, Tokenizer tokenizer, TokenTrie trie) {
        this.automaton = automaton;
        this.tokenizer = tokenizer;
        this.trie = trie;
        this.state = automaton.start();
    }

    /** Whether the grammar allows nothing more. */
    boolean finished() {
        return state.finished();
    }

    /** Back to the start. */
    void restart() {
        state = automaton.start();
    }

    @Override
    public void mask(float[] logits) {
        BitSet allowed = masks.computeIfAbsent(state, this::allowed);
        if (allowed.isEmpty()) {
            throw new SchemaException("the model's vocabulary cannot write what the format asks for");
        }
        int token = allowed.nextClearBit(0);
        while (token < logits.length) {
            logits[token] = Float.NEGATIVE_INFINITY;
            token = allowed.nextClearBit(token + 1);
        }
    }

    private BitSet allowed(Automaton.State at) {
        BitSet allowed = trie.allowed(automaton, at);
        if (at.complete()) {
            for (int token = 0; token < tokenizer.size(); token++) {
                allowed.set(token, allowed.get(token) || tokenizer.isEnd(token));
            }
        }
        return allowed;
    }

    @Override
    public void accept(int token) {
        for (byte value : tokenizer.bytes(token)) {
            state = automaton.next(state, value & 0xff);
        }
    }
}
