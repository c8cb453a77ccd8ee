package io.aitbc.openclaw.api.inference;

import java.util.List;

/**
 * A token and its natural-log probability.
 *
 * @param bytes the token's bytes, 0 to 255, which need not be whole UTF-8 characters
 * @param top alternatives, most probable first; empty inside alternatives
 */
public record TokenLogprob(String token, double logprob, List<Integer> bytes, List<TokenLogprob> top) {
    public TokenLogprob {
        bytes = List.copyOf(bytes);
        top = List.copyOf(top);
    }
}
