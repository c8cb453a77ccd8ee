package io.aitbc.openclaw.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenAmountTest {
    @Test
    void limit_is_never_rounded_above_what_was_said() {
        assertThat(TokenAmount.parseLimit("0.001", Rail.AITBC).units()).isEqualTo(3);
        assertThat(TokenAmount.parseLimit("0.0199", Rail.AITBC).units()).isEqualTo(71);
        assertThat(TokenAmount.parseLimit("0.05", Rail.AITBC).units()).isEqualTo(180);
        assertThat(TokenAmount.parseLimit("0.0001", Rail.AITBC).units()).isZero();
        assertThatThrownBy(() -> TokenAmount.parseLimit("-1", Rail.AITBC)).isInstanceOf(NumberFormatException.class);
        assertThat(new PluginConfig("plugins.x", Map.of("cap", "0.0199"))
                        .amount("cap", Rail.AITBC, TokenAmount.zero(Rail.AITBC))
                        .units())
                .isEqualTo(71);
    }

    @Test
    void one_coin_is_3600_units() {
        assertThat(TokenAmount.parse("1", Rail.AITBC).units()).isEqualTo(3600);
    }

    @Test
    void coins_round_up_so_that_a_reservation_is_never_too_small() {
        assertThat(TokenAmount.parse("0.0001", Rail.AITBC).units()).isEqualTo(1);
    }

    @Test
    void text_is_in_coins_with_the_symbol() {
        assertThat(TokenAmount.of(36, Rail.AITBC)).hasToString("0.01 AIT");
        assertThat(TokenAmount.zero(Rail.AITBC)).hasToString("0 AIT");
    }

    @Test
    void amounts_cannot_become_negative() {
        TokenAmount one = TokenAmount.of(1, Rail.AITBC);
        TokenAmount two = TokenAmount.of(2, Rail.AITBC);
        assertThatThrownBy(() -> one.minus(two)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void signs_exponents_and_endless_digits_are_no_amounts() {
        for (String text : new String[] {"-1", "1e9", "+1", "", "1.", ".5", "1".repeat(41)}) {
            assertThatThrownBy(() -> TokenAmount.parse(text, Rail.AITBC))
                    .as(text)
                    .isInstanceOf(NumberFormatException.class);
        }
    }
}
