package io.aitbc.openclaw.zk.bundle;

import io.aitbc.openclaw.zk.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The answer that a receipt of AITBC is about, in its {@code metadata.result}.
 *
 * @param output SHA-256 of its text
 * @param model that answered, as the miner says
 */
record ReceiptedAnswer(Optional<String> output, Optional<String> model) {
    static ReceiptedAnswer of(Json.Members receipt) {
        Optional<Json.Members> result = members(receipt, "metadata").flatMap(metadata -> members(metadata, "result"));
        return new ReceiptedAnswer(
                result.flatMap(it -> it.text("output"))
                        .map(text -> ChainForms.sha256(text.getBytes(StandardCharsets.UTF_8))),
                result.flatMap(it -> it.text("model")).filter(name -> !name.isBlank()));
    }

    private static Optional<Json.Members> members(Json.Members parent, String name) {
        return parent.get(name).filter(Json.Members.class::isInstance).map(Json.Members.class::cast);
    }

    /** What is another answer here than in the host's statement. */
    Optional<String> fault(Bundle.Signed local) {
        String given = local.find("network_output_sha256").orElseGet(() -> local.text("output_sha256"));
        if (output.filter(hash -> !hash.equals(given)).isPresent()) {
            return Optional.of("it is about another answer than the host's statement");
        }
        String stated = withoutNetwork(local);
        return model.filter(name -> !same(name, stated))
                .map(name -> "it is about an answer of model %s, the host's statement about one of %s"
                        .formatted(Links.shown(name), Links.shown(stated)));
    }

    private static String withoutNetwork(Bundle.Signed local) {
        String model = local.text("model");
        String prefix = local.find("network").orElse("") + "/";
        return model.startsWith(prefix) ? model.substring(prefix.length()) : model;
    }

    /** Names of models differ in case and in the tag that is understood; a host may name the miner after an {@code @}. */
    private static boolean same(String name, String stated) {
        return key(name).equals(key(stated)) || key(name).equals(key(beforeAt(stated)));
    }

    private static String beforeAt(String name) {
        int at = name.lastIndexOf('@');
        return at < 0 ? name : name.substring(0, at);
    }

    private static String key(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        int start = lower.lastIndexOf('/') + 1;
        return lower.indexOf(':', start) < 0 ? lower + ":latest" : lower;
    }
}
