package io.aitbc.openclaw.provider.coordinator;

import java.util.regex.Pattern;

/**
 * What a miner shows to the coordinator.
 *
 * @param id its name, {@code X-Miner-ID}; public
 * @param secret {@code X-Api-Key}; whoever has it may act as any miner of the coordinator
 */
public record MinerKey(String id, String secret) {
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{1,256}");

    /** Whether a text can be sent as a key. */
    public static boolean usable(String secret) {
        return SECRET.matcher(secret).matches();
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return "MinerKey[" + id + "]";
    }
}
