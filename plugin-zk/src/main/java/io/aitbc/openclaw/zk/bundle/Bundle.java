package io.aitbc.openclaw.zk.bundle;

import io.aitbc.openclaw.zk.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bundle as it was read: every member is known and of its form, nothing is checked.
 *
 * @param local statement and signature
 * @param link statement and signature
 * @param index of the leaf
 * @param path hashes that lead from the leaf to the root
 * @param growth that the log only grew since an earlier checkpoint
 * @param price a proof about the price, as a verifier takes it
 */
public record Bundle(
        String hostKey,
        Signed local,
        Optional<String> receipt,
        Signed link,
        long index,
        List<byte[]> path,
        String checkpoint,
        Optional<Growth> growth,
        Optional<Json.Members> price) {
    /**
     * A statement with its signature.
     *
     * @param whole as it is hashed
     * @param texts of the statement
     * @param notProven list of the statement; empty for those without
     */
    record Signed(
            Json.Members whole,
            Json.Members statement,
            byte[] signature,
            Map<String, String> texts,
            List<String> notProven) {
        String text(String name) {
            return find(name).orElseThrow(() -> new IllegalArgumentException("no text " + name));
        }

        Optional<String> find(String name) {
            return Optional.ofNullable(texts.get(name));
        }
    }

    /**
     * From an earlier state of the log to the one in the bundle.
     *
     * @param earlier checkpoint
     * @param path hashes that lead from its root to the later one
     */
    public record Growth(String earlier, List<byte[]> path) {}
}
