package io.aitbc.openclaw.engine.json;

import java.util.BitSet;

/** The rules of JSON itself (RFC 8259), with bounds on white space and digits so that a model cannot stray for ever. */
final class JsonRules {
    private static final int MOST_INDENT = 20;
    private static final int MOST_DIGITS = 15;

    private final Grammar.Builder grammar;
    final int space;
    final int character;
    final int string;
    final int integer;
    final int number;
    final int value;
    final int object;
    final int array;

    JsonRules(Grammar.Builder grammar) {
        this.grammar = grammar;
        space = space();
        character = character();
        string = string(0, Integer.MAX_VALUE);
        integer = integer();
        number = number();
        value = grammar.rule();
        object = map(value);
        array = list(value, 0, Integer.MAX_VALUE);
        grammar.alternative(value, object);
        grammar.alternative(value, array);
        grammar.alternative(value, string);
        grammar.alternative(value, number);
        grammar.alternative(value, grammar.text("true"));
        grammar.alternative(value, grammar.text("false"));
        grammar.alternative(value, grammar.text("null"));
    }

    /** Nothing, a blank, or a new line with some indentation. */
    private int space() {
        int blank = grammar.oneOf(" \t");
        int indent = grammar.sequence();
        for (int i = 0; i < MOST_INDENT; i++) {
            int longer = grammar.rule();
            grammar.alternative(longer);
            grammar.alternative(longer, blank, indent);
            indent = longer;
        }
        int rule = grammar.rule();
        grammar.alternative(rule);
        grammar.alternative(rule, grammar.oneOf(" "));
        grammar.alternative(rule, grammar.oneOf("\n"), indent);
        return rule;
    }

    /** A character inside a string: valid UTF-8, or an escape that is no half of a surrogate pair. */
    private int character() {
        BitSet plain = new BitSet(256);
        plain.set(0x20, 0x80);
        plain.clear('"');
        plain.clear('\\');
        int tail = grammar.range(0x80, 0xbf);
        int hex = grammar.oneOf("0123456789abcdefABCDEF");
        int backslash = grammar.oneOf("\\");
        int rule = grammar.rule();
        grammar.alternative(rule, grammar.bytes(plain));
        grammar.alternative(rule, grammar.range(0xc2, 0xdf), tail);
        grammar.alternative(rule, grammar.range(0xe0, 0xe0), grammar.range(0xa0, 0xbf), tail);
        grammar.alternative(rule, grammar.range(0xe1, 0xec), tail, tail);
        grammar.alternative(rule, grammar.range(0xed, 0xed), grammar.range(0x80, 0x9f), tail);
        grammar.alternative(rule, grammar.range(0xee, 0xef), tail, tail);
        grammar.alternative(rule, grammar.range(0xf0, 0xf0), grammar.range(0x90, 0xbf), tail, tail);
        grammar.alternative(rule, grammar.range(0xf1, 0xf3), tail, tail, tail);
        grammar.alternative(rule, grammar.range(0xf4, 0xf4), grammar.range(0x80, 0x8f), tail, tail);
        grammar.alternative(rule, backslash, grammar.oneOf("\"\\/bfnrt"));
        int u = grammar.oneOf("u");
        grammar.alternative(rule, backslash, u, grammar.oneOf("0123456789abcefABCEF"), hex, hex, hex);
        grammar.alternative(rule, backslash, u, grammar.oneOf("dD"), grammar.oneOf("01234567"), hex, hex);
        return rule;
    }

    /** A string with so many characters. */
    int string(int least, int most) {
        int quote = grammar.oneOf("\"");
        return grammar.sequence(quote, repeat(character, least, most), quote);
    }

    /** A rule so many times after itself. */
    private int repeat(int item, int least, int most) {
        int rest;
        if (most == Integer.MAX_VALUE) {
            rest = grammar.rule();
            grammar.alternative(rest);
            grammar.alternative(rest, item, rest);
        } else {
            rest = grammar.sequence();
            for (int i = least; i < most; i++) {
                int longer = grammar.rule();
                grammar.alternative(longer);
                grammar.alternative(longer, item, rest);
                rest = longer;
            }
        }
        for (int i = 0; i < least; i++) {
            rest = grammar.sequence(item, rest);
        }
        return rest;
    }

    private int integer() {
        int rule = grammar.rule();
        int magnitude = magnitude();
        grammar.alternative(rule, magnitude);
        grammar.alternative(rule, grammar.oneOf("-"), magnitude);
        return rule;
    }

    private int magnitude() {
        int rule = grammar.rule();
        grammar.alternative(rule, grammar.oneOf("0"));
        grammar.alternative(rule, grammar.range('1', '9'), repeat(grammar.sequence(digit()), 0, MOST_DIGITS - 1));
        return rule;
    }

    private int number() {
        int digits = repeat(grammar.sequence(digit()), 1, MOST_DIGITS);
        int fraction = grammar.rule();
        grammar.alternative(fraction);
        grammar.alternative(fraction, grammar.oneOf("."), digits);
        int sign = grammar.rule();
        grammar.alternative(sign);
        grammar.alternative(sign, grammar.oneOf("+-"));
        int exponent = grammar.rule();
        grammar.alternative(exponent);
        grammar.alternative(exponent, grammar.oneOf("eE"), sign, repeat(grammar.sequence(digit()), 1, 2));
        return grammar.sequence(integer, fraction, exponent);
    }

    private int digit() {
        return grammar.range('0', '9');
    }

    /** An object with any keys and values of one kind. */
    int map(int valueRule) {
        int member = grammar.sequence(string, space, grammar.oneOf(":"), space, valueRule);
        int more = grammar.rule();
        grammar.alternative(more, space, grammar.oneOf("}"));
        grammar.alternative(more, space, grammar.oneOf(","), space, member, more);
        int rule = grammar.rule();
        int open = grammar.oneOf("{");
        grammar.alternative(rule, open, space, grammar.oneOf("}"));
        grammar.alternative(rule, open, space, member, more);
        return rule;
    }

    /** An array of so many items. */
    int list(int item, int least, int most) {
        int open = grammar.oneOf("[");
        int close = grammar.oneOf("]");
        int rule = grammar.rule();
        if (least == 0) {
            grammar.alternative(rule, open, space, close);
        }
        if (most > 0) {
            grammar.alternative(rule, open, space, item, moreItems(item, least, most));
        }
        return rule;
    }

    /** What follows the first item of an array. */
    private int moreItems(int item, int least, int most) {
        int comma = grammar.oneOf(",");
        int close = grammar.oneOf("]");
        int rest;
        if (most == Integer.MAX_VALUE) {
            rest = grammar.rule();
            grammar.alternative(rest, space, close);
            grammar.alternative(rest, space, comma, space, item, rest);
        } else {
            rest = grammar.sequence(space, close);
            for (int i = Math.max(1, least); i < most; i++) {
                int longer = grammar.rule();
                grammar.alternative(longer, space, close);
                grammar.alternative(longer, space, comma, space, item, rest);
                rest = longer;
            }
        }
        for (int i = 1; i < least; i++) {
            rest = grammar.sequence(space, comma, space, item, rest);
        }
        return rest;
    }
}
