package io.aitbc.openclaw.engine.json;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A context-free grammar over bytes. Each rule has alternatives, each alternative is a sequence of symbols: rules and sets of
 * bytes. All alternatives stand one after the other in one array, so that a place in the grammar is one number.
 */
final class Grammar {
    /** Symbol behind the last one of an alternative. */
    static final int END = Integer.MIN_VALUE;

    private final int[] symbols;
    private final int[][] starts;
    private final List<BitSet> sets;
    private final int root;

    private Grammar(int[] symbols, int[][] starts, List<BitSet> sets, int root) {
        this.symbols = symbols;
        this.starts = starts;
        this.sets = List.copyOf(sets);
        this.root = root;
    }

    int root() {
        return root;
    }

    /** A rule's number, {@link #END}, or a negative number for a set of bytes. */
    int symbol(int place) {
        return symbols[place];
    }

    /** Places where the alternatives of a rule start. */
    int[] alternatives(int rule) {
        return starts[rule];
    }

    /** Whether the set of bytes that a symbol stands for has the byte. */
    boolean accepts(int symbol, int unsignedByte) {
        return sets.get(-1 - symbol).get(unsignedByte);
    }

    /** Makes a grammar. Rules may be used before they have alternatives. */
    static final class Builder {
        private static final int MOST_SYMBOLS = 1 << 20;

        private final List<List<int[]>> rules = new ArrayList<>();
        private final List<BitSet> sets = new ArrayList<>();
        private int size;

        /** A new rule without alternatives. */
        int rule() {
            rules.add(new ArrayList<>());
            return rules.size() - 1;
        }

        /** A new rule with one alternative. */
        int sequence(int... sequence) {
            int rule = rule();
            alternative(rule, sequence);
            return rule;
        }

        void alternative(int rule, int... sequence) {
            size += sequence.length + 1;
            if (size > MOST_SYMBOLS) {
                throw new SchemaException("the schema is too large");
            }
            rules.get(rule).add(sequence.clone());
        }

        /** The symbol for a set of bytes. */
        int bytes(BitSet set) {
            int known = sets.indexOf(set);
            if (known < 0) {
                sets.add((BitSet) set.clone());
                known = sets.size() - 1;
            }
            return -1 - known;
        }

        /** The symbol for the bytes from one to another, both included. */
        int range(int first, int last) {
            BitSet set = new BitSet(256);
            set.set(first, last + 1);
            return bytes(set);
        }

        /** The symbol for any of these ASCII characters. */
        int oneOf(String characters) {
            BitSet set = new BitSet(256);
            characters.chars().forEach(set::set);
            return bytes(set);
        }

        /** The symbols of a text. */
        int[] text(String text) {
            byte[] utf8 = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            int[] sequence = new int[utf8.length];
            for (int i = 0; i < utf8.length; i++) {
                sequence[i] = range(utf8[i] & 0xff, utf8[i] & 0xff);
            }
            return sequence;
        }

        Grammar build(int root) {
            refuseLoops();
            int[] symbols = new int[size];
            int[][] starts = new int[rules.size()][];
            int at = 0;
            for (int rule = 0; rule < rules.size(); rule++) {
                List<int[]> alternatives = rules.get(rule);
                starts[rule] = new int[alternatives.size()];
                for (int i = 0; i < alternatives.size(); i++) {
                    starts[rule][i] = at;
                    for (int symbol : alternatives.get(i)) {
                        symbols[at++] = symbol;
                    }
                    symbols[at++] = END;
                }
            }
            return new Grammar(symbols, starts, sets, root);
        }

        /** A rule that can start with itself before any byte is read would never end. */
        private void refuseLoops() {
            byte[] marks = new byte[rules.size()];
            for (int rule = 0; rule < rules.size(); rule++) {
                visit(rule, marks, 0);
            }
        }

        private void visit(int rule, byte[] marks, int depth) {
            if (marks[rule] == 2) {
                return;
            }
            if (marks[rule] == 1 || depth > 2_000) {
                throw new SchemaException("the schema refers to itself without anything in between");
            }
            marks[rule] = 1;
            for (int[] alternative : rules.get(rule)) {
                for (int symbol : alternative) {
                    if (symbol < 0) {
                        break;
                    }
                    visit(symbol, marks, depth + 1);
                    if (!mayBeEmpty(symbol)) {
                        break;
                    }
                }
            }
            marks[rule] = 2;
        }

        /** Whether an alternative of the rule has no symbols; enough here, as longer empty alternatives are not built. */
        private boolean mayBeEmpty(int rule) {
            return rules.get(rule).stream().anyMatch(alternative -> alternative.length == 0);
        }
    }
}
