package io.aitbc.openclaw.zk.json;

import java.util.List;
import java.util.Optional;

/** A JSON value as its signer saw it: whole and floating-point numbers are different things, as they are in Python. */
public sealed interface Json {
    /** Members in code point order of their names, no name twice, nulls included. */
    record Members(List<Member> list) implements Json {
        public Optional<Json> get(String name) {
            for (Member member : list) {
                if (member.name().equals(name)) {
                    return Optional.of(member.value());
                }
            }
            return Optional.empty();
        }

        public Optional<String> text(String name) {
            return get(name).map(value -> value instanceof Text text ? text.value() : null);
        }
    }

    record Member(String name, Json value) {}

    record Items(List<Json> list) implements Json {}

    record Text(String value) implements Json {}

    /** @param digits of any length, with a minus sign for negative numbers */
    record Whole(String digits) implements Json {}

    /** @param value finite */
    record Real(double value) implements Json {}

    record Flag(boolean value) implements Json {}

    record Null() implements Json {}
}
