package io.aitbc.openclaw.host.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the signer of a plugin file says of it.
 *
 * @param sha256 of the file, 64 hexadecimal digits
 * @param id the {@code Plugin-Id} in it
 * @param version the {@code Plugin-Version} in it
 * @param requires the {@code Plugin-Requires} in it; empty when it has none
 * @param permissions the {@code Plugin-Permissions} in it
 */
public record PluginStatement(String sha256, String id, String version, String requires, Permissions permissions) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final String WHAT = "the signed statement";

    byte[] bytes(String keyId) {
        ObjectNode document = Documents.object();
        document.put("sha256", sha256).put("id", id).put("version", version).put("requires", requires);
        ArrayNode list = document.putArray("permissions");
        permissions.tokens().forEach(list::add);
        document.put("key", keyId);
        return Documents.bytes(document);
    }

    static PluginStatement parse(byte[] bytes, String keyId) throws TrustException {
        ObjectNode document = Documents.parse(bytes, WHAT);
        String sha256 = Documents.text(document, "sha256", WHAT);
        if (!SHA256.matcher(sha256).matches()) {
            throw new TrustException(WHAT + " has no SHA-256 of 64 hexadecimal digits");
        }
        if (!Documents.text(document, "key", WHAT).equals(keyId)) {
            throw new TrustException(WHAT + " names another key than its signature");
        }
        JsonNode list = document.path("permissions");
        if (!list.isArray() || list.valueStream().anyMatch(item -> !item.isString())) {
            throw new TrustException(WHAT + " has no list 'permissions'");
        }
        List<String> permissions = new ArrayList<>();
        list.valueStream().map(JsonNode::asString).forEach(permissions::add);
        return new PluginStatement(
                sha256,
                Documents.text(document, "id", WHAT),
                Documents.text(document, "version", WHAT),
                Documents.text(document, "requires", WHAT),
                Permissions.of(permissions));
    }
}
