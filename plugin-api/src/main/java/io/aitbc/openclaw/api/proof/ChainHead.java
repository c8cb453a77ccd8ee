package io.aitbc.openclaw.api.proof;

/**
 * The state of a log.
 *
 * @param size number of records
 * @param root hash of all of them, hexadecimal digits
 * @param keyId of the host, which signs: Base64url of the raw Ed25519 key
 * @param checkpoint size and root, signed (C2SP tlog-checkpoint)
 */
public record ChainHead(long size, String root, String keyId, String checkpoint) {}
