package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.zk.receiptchain.ReceiptRoot;
import java.util.Base64;
import java.util.Set;

/**
 * What a host signed about the tree of its receipts, as it stands beside a proof: {@code {"host_key": KEY, "note": TEXT}}. The signature holds for the key that is
 * named; whether the key is trusted is another question.
 */
record HostRoot(String hostKey, ReceiptRoot statement) {
    private static final Set<String> MEMBERS = Set.of("host_key", "note");

    static HostRoot read(Json value) throws MalformedDocumentException {
        SnarkjsObject root = SnarkjsObject.of("the root", value).only(MEMBERS);
        String hostKey = root.text("host_key");
        if (!ChainForms.isKey(hostKey)) {
            throw new MalformedDocumentException("the host_key of its root is no key");
        }
        return ReceiptRoot.verified(root.text("note"), Base64.getUrlDecoder().decode(hostKey))
                .map(statement -> new HostRoot(hostKey, statement))
                .orElseThrow(() -> new MalformedDocumentException(
                        "its root is not signed by host key %s, which it names".formatted(hostKey)));
    }
}
