package io.aitbc.openclaw.engine.json;

import io.aitbc.openclaw.engine.token.Tokenizer;
import java.util.Arrays;
import java.util.BitSet;

/** All tokens of a vocabulary by their bytes, control tokens left out. Immutable. */
public final class TokenTrie {
    private static final int NONE = -1;

    private int nodes;
    private int[] firstChild = new int[1024];
    private int[] nextSibling = new int[1024];
    private int[] firstToken = new int[1024];
    private byte[] label = new byte[1024];
    private final int[] nextToken;

    public TokenTrie(Tokenizer tokenizer) {
        nextToken = new int[tokenizer.size()];
        newNode((byte) 0, NONE);
        for (int token = 0; token < tokenizer.size(); token++) {
            if (!tokenizer.isControl(token) && tokenizer.bytes(token).length > 0) {
                add(tokenizer.bytes(token), token);
            }
        }
    }

    private void add(byte[] bytes, int token) {
        int node = 0;
        for (byte value : bytes) {
            node = child(node, value);
        }
        nextToken[token] = firstToken[node];
        firstToken[node] = token;
    }

    private int child(int node, byte value) {
        for (int child = firstChild[node]; child != NONE; child = nextSibling[child]) {
            if (label[child] == value) {
                return child;
            }
        }
        int child = newNode(value, firstChild[node]);
        firstChild[node] = child;
        return child;
    }

    private int newNode(byte value, int sibling) {
        if (nodes == label.length) {
            firstChild = Arrays.copyOf(firstChild, nodes * 2);
            nextSibling = Arrays.copyOf(nextSibling, nodes * 2);
            firstToken = Arrays.copyOf(firstToken, nodes * 2);
            label = Arrays.copyOf(label, nodes * 2);
        }
        firstChild[nodes] = NONE;
        nextSibling[nodes] = sibling;
        firstToken[nodes] = NONE;
        label[nodes] = value;
        return nodes++;
    }

    /** The tokens whose bytes an automaton accepts from a state on. */
    BitSet allowed(Automaton automaton, Automaton.State state) {
        BitSet tokens = new BitSet(nextToken.length);
        collect(0, automaton, state, tokens);
        return tokens;
    }

    private void collect(int node, Automaton automaton, Automaton.State state, BitSet tokens) {
        for (int token = firstToken[node]; token != NONE; token = nextToken[token]) {
            tokens.set(token);
        }
        for (int child = firstChild[node]; child != NONE; child = nextSibling[child]) {
            Automaton.State next = automaton.next(state, label[child] & 0xff);
            if (!next.dead()) {
                collect(child, automaton, next, tokens);
            }
        }
    }
}
