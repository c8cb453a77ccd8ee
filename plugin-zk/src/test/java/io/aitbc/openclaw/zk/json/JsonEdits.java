package io.aitbc.openclaw.zk.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Changes to documents. */
public final class JsonEdits {
    private JsonEdits() {}

    public static Json.Members with(Json.Members document, String name, Json value) {
        List<Json.Member> members = new ArrayList<>(without(document, name).list());
        members.add(new Json.Member(name, value));
        members.sort((one, two) -> CodePoints.compare(one.name(), two.name()));
        return new Json.Members(members);
    }

    public static Json.Members without(Json.Members document, String name) {
        return new Json.Members(document.list().stream()
                .filter(member -> !member.name().equals(name))
                .toList());
    }

    public static Json.Items with(Json.Items items, int index, Json value) {
        List<Json> list = new ArrayList<>(items.list());
        list.set(index, value);
        return new Json.Items(list);
    }

    public static Json.Items without(Json.Items items, int index) {
        List<Json> list = new ArrayList<>(items.list());
        list.remove(index);
        return new Json.Items(list);
    }

    public static Json.Members member(Json.Members document, String name) {
        return (Json.Members) document.get(name).orElseThrow();
    }

    /** The document once for each change to each value in it, itself included. */
    public static List<Json> everywhere(Json value, Function<Json, List<Json>> changes) {
        List<Json> all = new ArrayList<>(changes.apply(value));
        switch (value) {
            case Json.Members members ->
                members.list()
                        .forEach(member -> everywhere(member.value(), changes)
                                .forEach(other -> all.add(with(members, member.name(), other))));
            case Json.Items items -> {
                for (int i = 0; i < items.list().size(); i++) {
                    int index = i;
                    everywhere(items.list().get(i), changes).forEach(other -> all.add(with(items, index, other)));
                }
            }
            default -> {}
        }
        return all;
    }

    /** Nulls included, which canonical documents do not have. */
    public static String text(Json document) {
        return switch (document) {
            case Json.Members members ->
                members.list().stream()
                        .map(member -> text(new Json.Text(member.name())) + ":" + text(member.value()))
                        .collect(Collectors.joining(",", "{", "}"));
            case Json.Items items ->
                items.list().stream().map(JsonEdits::text).collect(Collectors.joining(",", "[", "]"));
            default -> new String(CanonicalJson.of(document), StandardCharsets.US_ASCII);
        };
    }

    public static Json.Members read(String text) {
        try {
            return (Json.Members) new JsonReader().read(text);
        } catch (MalformedDocumentException e) {
            throw new IllegalStateException(e);
        }
    }
}
