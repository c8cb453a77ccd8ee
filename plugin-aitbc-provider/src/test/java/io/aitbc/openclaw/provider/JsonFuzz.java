package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.provider.coordinator.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives a parser a good answer with any of its fields replaced by anything. */
public final class JsonFuzz {
    private static final int ROUNDS = 1500;

    private JsonFuzz() {}

    /** The outcome is a value or a refusal in one line, never another failure. */
    public static void run(String seed, Consumer<JsonNode> read) {
        // The seed itself is good: a parser that refuses everything would pass the rest.
        read.accept(Json.MAPPER.readTree(seed));
        Random random = new Random(20261125);
        for (int round = 0; round < ROUNDS; round++) {
            JsonNode mangled = mangle(Json.MAPPER.readTree(seed), random);
            try {
                read.accept(mangled);
            } catch (OpenClawException e) {
                assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(600);
            } catch (RuntimeException e) {
                fail("round " + round + " with " + mangled, e);
            }
        }
    }

    private static JsonNode mangle(JsonNode seed, Random random) {
        if (random.nextInt(30) == 0) {
            return value(random, 0);
        }
        ObjectNode object = (ObjectNode) seed;
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<String> names = new ArrayList<>(object.propertyNames());
            if (names.isEmpty()) {
                break;
            }
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.set("x" + random.nextInt(), value(random, 0));
                default -> object.set(name, value(random, 0));
            }
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        String[] literals = {
            "null",
            "true",
            "-1",
            "0",
            "0.5",
            "1e30",
            "-0.0",
            "1E-300",
            "99999999999999999999",
            "9223372036854775807",
            "2147483648",
            "\"\"",
            "\"NaN\"",
            "\"1e999999999\"",
            "\"0E-8\"",
            "\"2026-13-45T99:99:99Z\"",
            "\"\\u0000\\n\\ud800\"",
            "\"../../etc\"",
            "\"COMPLETED\"",
            "\"NEW_STATE\"",
            "\"Infinity\"",
            "\"-5\""
        };
        int kind = random.nextInt(depth > 2 ? 8 : 10);
        if (kind == 8) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            for (int i = random.nextInt(4); i > 0; i--) {
                array.add(value(random, depth + 1));
            }
            return array;
        }
        if (kind == 9) {
            ObjectNode object = Json.MAPPER.createObjectNode();
            for (int i = random.nextInt(4); i > 0; i--) {
                object.set(
                        List.of("output", "client_reference", "supported_models", "x")
                                .get(random.nextInt(4)),
                        value(random, depth + 1));
            }
            return object;
        }
        return kind == 7
                ? Json.MAPPER.createObjectNode().stringNode("x".repeat(random.nextInt(3000)))
                : Json.read(literals[random.nextInt(literals.length)]).orElse(Json.MAPPER.nullNode());
    }
}
