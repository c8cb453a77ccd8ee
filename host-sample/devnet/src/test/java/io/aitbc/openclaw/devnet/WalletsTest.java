package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WalletsTest {
    private static final JsonNode VECTORS = TestingFiles.json("wallet_vectors.json");

    @Test
    void a_recorded_login_signature_recovers_to_its_address() {
        JsonNode login = VECTORS.path("login");

        assertThat(Wallets.signerOf(
                        login.path("message").stringValue(),
                        login.path("signature").stringValue()))
                .contains(Wallets.lowerCase(login.path("address").stringValue()));
    }

    @Test
    void recorded_transaction_signatures_recover_to_their_sender() {
        for (JsonNode vector : VECTORS.path("transactions").values()) {
            String text = CanonicalJson.text(vector.path("tx"));
            byte[] hash = Wallets.keccak256(text.getBytes(StandardCharsets.UTF_8));

            assertThat(text).isEqualTo(vector.path("signing_message").stringValue());
            assertThat("0x" + HexFormat.of().formatHex(hash))
                    .isEqualTo(vector.path("keccak256").stringValue());
            assertThat(Wallets.signerOf(hash, vector.path("signature").stringValue()))
                    .contains(vector.path("tx").path("from").stringValue());
        }
    }

    @Test
    void the_recorded_private_key_has_the_recorded_address() {
        assertThat(TestingWallet.RECORDED.address())
                .isEqualTo(
                        Wallets.lowerCase(VECTORS.path("login").path("address").stringValue()));
    }

    @Test
    void what_is_no_signature_has_no_signer() {
        for (String bad : new String[] {"", "0x", "zz".repeat(65), "00".repeat(65), "ff".repeat(65), "11".repeat(64)}) {
            assertThat(Wallets.signerOf("hello", bad)).as(bad).isEmpty();
        }
    }

    @Test
    void a_changed_signature_never_recovers_to_the_signer() {
        String signature = TestingWallet.RECORDED.sign("hello");
        byte[] bytes = HexFormat.of().parseHex(signature.substring(2));
        Random random = new Random(42);
        for (int i = 0; i < 100; i++) {
            byte[] changed = Arrays.copyOf(bytes, bytes.length);
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));

            String text = HexFormat.of().formatHex(changed);
            assertThat(Wallets.signerOf("hello", text))
                    .as("byte change %d: %s", i, text)
                    .isNotEqualTo(java.util.Optional.of(TestingWallet.RECORDED.address()));
        }
    }
}
