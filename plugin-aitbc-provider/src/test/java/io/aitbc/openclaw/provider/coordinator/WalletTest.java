package io.aitbc.openclaw.provider.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.contract.Failures;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WalletTest {
    private static final String KEY = "0xabababababababababababababababababababababababababababababababab";

    @Test
    void login_signature_is_the_one_the_real_coordinator_accepted() {
        JsonNode vector =
                Json.MAPPER.readTree(Resources.text("wallet_vectors.json")).path("login");
        Wallet wallet = Wallet.of(vector.path("private_key").stringValue());

        assertThat(wallet.address())
                .isEqualTo(vector.path("address").stringValue().toLowerCase(Locale.ROOT));
        assertThat(wallet.signLogin(vector.path("nonce").stringValue()))
                .isEqualTo(vector.path("signature").stringValue());
    }

    @Test
    void key_may_lack_its_prefix_and_have_a_line_end() {
        assertThat(Wallet.of(KEY.substring(2) + "\n").address())
                .isEqualTo(Wallet.of(KEY).address());
    }

    @Test
    void a_wallet_does_not_show_its_key() {
        assertThat(Wallet.of(KEY)).hasToString("Wallet[0xe239cdc5fbe977a8a141b72194d3cf8c41bc5bc6]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x",
                "secret-passphrase",
                "0xabababababababababababababababababababababababababababababababa",
                "0x0000000000000000000000000000000000000000000000000000000000000000",
                "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
                "0xzzababababababababababababababababababababababababababababababab"
            })
    void what_is_no_key_is_refused_without_being_repeated(String text) {
        OpenClawException failure = Failures.assertFails(ErrorCode.INVALID_CONFIG, () -> Wallet.of(text));
        if (text.length() > 2) {
            assertThat(failure.getMessage()).doesNotContain(text).doesNotContain(text.substring(2));
        }
    }
}
