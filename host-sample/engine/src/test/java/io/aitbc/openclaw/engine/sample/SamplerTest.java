package io.aitbc.openclaw.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.engine.token.TokenList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final float NEVER = Float.NEGATIVE_INFINITY;
    private static final int DRAWS = 20_000;

    private static Sampler sampler(GenerationOptions options, int vocabulary) {
        return new Sampler(SamplerSettings.of(options), vocabulary, new SplittableRandom(1));
    }

    private static GenerationOptions open() {
        return GenerationOptions.of("temperature", 1.0).with("top_k", 0L).with("top_p", 1.0);
    }

    private static Map<Integer, Double> shares(GenerationOptions options, float... logits) {
        Sampler sampler = sampler(options, logits.length);
        Map<Integer, Double> shares = new TreeMap<>();
        for (int i = 0; i < DRAWS; i++) {
            shares.merge(sampler.choose(logits.clone()), 1.0 / DRAWS, Double::sum);
        }
        return shares;
    }

    private static float log(double probability) {
        return (float) Math.log(probability);
    }

    @Test
    void greedy_takes_the_first_of_the_most_probable() {
        assertThat(sampler(GenerationOptions.of("temperature", 0L), 4).choose(new float[] {1, 3, 3, 2}))
                .isEqualTo(1);
        assertThat(sampler(GenerationOptions.of("temperature", 0L), 3).choose(new float[] {NEVER, NEVER, -9}))
                .isEqualTo(2);
    }

    @Test
    void draws_follow_the_probabilities() {
        Map<Integer, Double> shares = shares(open(), log(0.5), log(0.3), log(0.2));

        assertThat(shares.get(0)).isCloseTo(0.5, within(0.02));
        assertThat(shares.get(1)).isCloseTo(0.3, within(0.02));
        assertThat(shares.get(2)).isCloseTo(0.2, within(0.02));
    }

    @Test
    void temperature_sharpens_and_flattens() {
        assertThat(shares(open().with("temperature", 0.5), log(0.6), log(0.4)).get(0))
                .isCloseTo(0.36 / 0.52, within(0.02));
        assertThat(shares(open().with("temperature", 100.0), log(0.6), log(0.4)).get(0))
                .isCloseTo(0.5, within(0.02));
    }

    @Test
    void top_k_keeps_so_many() {
        assertThat(shares(open().with("top_k", 2L), log(0.1), log(0.4), log(0.2), log(0.3)))
                .containsOnlyKeys(1, 3);
        assertThat(shares(open().with("top_k", 1L), 1, 2, 0)).containsOnlyKeys(1);
    }

    @Test
    void top_p_keeps_the_fewest_that_reach_it() {
        assertThat(shares(open().with("top_p", 0.6), log(0.5), log(0.3), log(0.2)))
                .containsOnlyKeys(0, 1);
        assertThat(shares(open().with("top_p", 0.0), log(0.5), log(0.3), log(0.2)))
                .containsOnlyKeys(0);
    }

    @Test
    void min_p_is_relative_to_the_most_probable() {
        assertThat(shares(open().with("min_p", 0.5), log(0.5), log(0.3), log(0.2)))
                .containsOnlyKeys(0, 1);
    }

    @Test
    void typical_p_prefers_tokens_of_average_surprise() {
        assertThat(shares(open().with("typical_p", 0.3), log(0.4), log(0.35), log(0.2), log(0.05)))
                .doesNotContainKey(3);
    }

    @Test
    void masked_tokens_never_come() {
        assertThat(shares(open().with("temperature", 5.0), NEVER, 1, NEVER, 0)).containsOnlyKeys(1, 3);
    }

    @Test
    void same_seed_gives_the_same_draws() {
        float[] logits = {0.1f, 0.2f, 0.3f, 0.4f};
        Sampler one = sampler(open(), 4);
        Sampler other = sampler(open(), 4);
        for (int i = 0; i < 100; i++) {
            assertThat(one.choose(logits)).isEqualTo(other.choose(logits));
        }
    }

    @Test
    void penalties_count_within_the_window() {
        TokenList context = new TokenList();
        context.addAll(new int[] {0, 1, 1, 2});
        float[] logits = {4, 4, -4, 4};

        sampler(
                        GenerationOptions.of("repeat_penalty", 2.0)
                                .with("presence_penalty", 0.5)
                                .with("frequency_penalty", 0.25)
                                .with("repeat_last_n", 3L),
                        4)
                .penalize(logits, context);

        assertThat(logits).containsExactly(4, 2 - 0.5f - 0.5f, -8 - 0.5f - 0.25f, 4);
    }

    @Test
    void window_of_zero_penalizes_nothing_and_a_negative_one_everything() {
        TokenList context = new TokenList();
        context.addAll(new int[] {0, 1, 1, 1});
        float[] none = {4, 4};
        float[] all = {4, 4};

        sampler(GenerationOptions.of("repeat_penalty", 2.0).with("repeat_last_n", 0L), 2)
                .penalize(none, context);
        sampler(GenerationOptions.of("repeat_penalty", 2.0).with("repeat_last_n", -1L), 2)
                .penalize(all, context);

        assertThat(none).containsExactly(4, 4);
        assertThat(all).containsExactly(2, 2);
    }

    @Test
    void values_out_of_range_are_refused() {
        for (GenerationOptions options : List.of(
                GenerationOptions.of("top_p", 1.5),
                GenerationOptions.of("min_p", -0.1),
                GenerationOptions.of("repeat_penalty", 0.0),
                GenerationOptions.of("typical_p", 0.0),
                GenerationOptions.of("temperature", "hot"),
                GenerationOptions.of("temperature", Double.NaN))) {
            assertThatThrownBy(() -> SamplerSettings.of(options))
                    .as("%s", options)
                    .isInstanceOfSatisfying(
                            OpenClawException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
        }
    }
}
