package io.aitbc.openclaw.api.network;

import java.util.Optional;

/**
 * State of the connection to a network.
 *
 * @param endpoint base URL
 * @param reachable whether its last call got an answer
 * @param account address we act as
 * @param problem one line for people when something is wrong
 * @param test whether it is a test network whose coins are worth nothing
 * @param protocol which version of its protocol the network speaks, once that is known
 * @param chain the chain behind it, when one is configured and answers
 */
public record NetworkStatus(
        String endpoint,
        boolean reachable,
        Optional<String> account,
        Optional<String> problem,
        boolean test,
        Optional<String> protocol,
        Optional<ChainStatus> chain) {
    /** Of a network about which no more is known. */
    public NetworkStatus(
            String endpoint, boolean reachable, Optional<String> account, Optional<String> problem, boolean test) {
        this(endpoint, reachable, account, problem, test, Optional.empty(), Optional.empty());
    }
}
