package io.aitbc.openclaw.api.inference;

import java.util.OptionalInt;
import java.util.Set;

/**
 * What a plan depends on.
 *
 * @param model as the client wrote it: {@code llama3.2:1b}, {@code aitbc/llama3.2:1b}, {@code llama3.2:1b@miner-7}
 * @param numCtx context the request asks for, tokens
 * @param promptTokens estimate
 * @param numPredict most tokens to generate
 * @param needs capabilities without which the request cannot be served
 * @param options names of the options the request sets
 */
public record RouteQuery(
        String model,
        OptionalInt numCtx,
        int promptTokens,
        OptionalInt numPredict,
        Set<Capability> needs,
        Set<String> options,
        RequestContext context) {
    public RouteQuery {
        needs = Set.copyOf(needs);
        options = Set.copyOf(options);
    }
}
