package io.aitbc.openclaw.provider.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.contract.Failures;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("looks at how long texts take")
class RedactionTest {
    private static Redaction begin(String... config) {
        Map<String, String> values = new java.util.HashMap<>();
        for (int i = 0; i < config.length; i += 2) {
            values.put(config[i], config[i + 1]);
        }
        return Redactor.of(new PluginConfig("plugins.aitbc-provider", values)).begin();
    }

    /** The values are put together here so that no scanner of this repository takes them for real ones. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key ~sk-~proj-abcdefghijklmnop1234 end               | key [API_KEY_1] end
            ~sk-~ant-api03-AbCdEfGhIjKlMnOpQr_st-uv              | [API_KEY_1]
            ~ghp~_abcdefghijklmnopqrstuvwxyz0123456789           | [API_KEY_1]
            ~github_pat~_11ABCDEFG0abcdefghijkl_xyz              | [API_KEY_1]
            ~glpat~-abcdefghij1234567890                         | [API_KEY_1]
            ~xoxb~-123456789012-abcdefghijkl                     | [API_KEY_1]
            ~AIza~SyA1234567890abcdefghijklmnopqrstuv            | [API_KEY_1]
            ~hf~_abcdefghijklmnopqrstuvwxyz                      | [API_KEY_1]
            ~sk_live~_abcdefghij1234567890                       | [API_KEY_1]
            ~AKIA~IOSFODNN7EXAMPLE.                              | [AWS_KEY_1].
            aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY | aws_secret_access_key = [AWS_KEY_1]
            token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P | token [JWT_1]
            Authorization: Bearer abcdef0123456789abcdef         | Authorization: Bearer [TOKEN_1]
            authorization: basic dXNlcjpwYXNzd29yZA==            | authorization: basic [TOKEN_1]
            postgres://app:hunter22@db/x                         | postgres://app:[SECRET_1]@db/x
            password = "correct-horse"                           | password = "[SECRET_1]"
            API_KEY: abc123def456                                | API_KEY: [SECRET_1]
            mail jane.doe+x@example.co.uk now                    | mail [EMAIL_1] now
            <müller@bücher.example>                              | <[EMAIL_1]>
            IBAN DE89 3704 0044 0532 0130 00 please              | IBAN [IBAN_1] please
            GB29NWBK60161331926819                               | [IBAN_1]
            card 4111 1111 1111 1111, thanks                     | card [CARD_1], thanks
            5500-0055-5555-5559                                  | [CARD_1]
            call +49 (30) 901820-12 or                           | call [PHONE_1] or
            030 90182012                                         | [PHONE_1]
            (415) 555-2671                                       | [PHONE_1]
            at 10.1.2.3:8080                                     | at [PRIVATE_IP_1]:8080
            ssh root@192.168.178.1                               | ssh root@[PRIVATE_IP_1]
            fd12:3456:789a::1                                    | [PRIVATE_IP_1]
            http://build.corp/x                                  | http://[PRIVATE_HOST_1]/x
            db-1.eu.internal                                     | [PRIVATE_HOST_1]
            0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318 | [PRIVATE_KEY_1]
            """)
    void known_forms_are_kept_back(String text, String redacted) {
        assertThat(begin().redact(text.replace("~", ""))).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Version 1.2.3.4 of 2026-11-25, built 05/06/2026 at 12:30:45",
                "1795347622123 and 1234567890123456",
                "4111 1111 1111 1112",
                "DE00370400440532013000",
                "import com.foo.internal.Bar; x = a.b",
                "see 8.8.8.8 and 127.0.0.1",
                "user@host",
                "a@b and @decorator, foo@",
                "bearer of bad news, basic understanding",
                "https://example.com/path?x=1",
                "sha256 9c780c45716ee8e2925ae7d922fffbc21cfc4546486d5f8ff217dcdff96376dc",
                "The risk-free task-force sk-8 desk",
                "550e8400-e29b-41d4-a716-446655440000",
                "for (int i = 0; i < 100; i++) { a[i] = b[i]; }"
            })
    void what_only_looks_alike_is_left_alone(String text) {
        assertThat(begin().redact(text)).isEqualTo(text);
    }

    @Test
    void a_pem_block_is_one_value_even_when_its_end_is_missing() {
        String key = "-----BEGIN PRIVATE" + " KEY-----\nMIIEvQ\nabc\n-----END PRIVATE KEY-----";
        assertThat(begin().redact("a\n" + key + "\nb")).isEqualTo("a\n[PEM_1]\nb");
        assertThat(begin().redact("a\n" + key.substring(0, 40))).isEqualTo("a\n[PEM_1]");
    }

    @Test
    void a_value_has_the_same_placeholder_wherever_it_stands_and_is_counted_once() {
        Redaction redaction = begin();

        assertThat(redaction.redact("a@x.org, b@x.org")).isEqualTo("[EMAIL_1], [EMAIL_2]");
        assertThat(redaction.redact("b@x.org a@x.org 10.0.0.1")).isEqualTo("[EMAIL_2] [EMAIL_1] [PRIVATE_IP_1]");
        assertThat(redaction.counts()).isEqualTo(Map.of("email", 2, "private_ip", 1));
        assertThat(redaction.restore("To [EMAIL_2]: [EMAIL_3] [FOO_1]")).isEqualTo("To b@x.org: [EMAIL_3] [FOO_1]");
        assertThat(redaction.toString()).doesNotContain("x.org");
    }

    @Test
    void placeholders_of_the_client_stay_its_own() {
        Redaction redaction = begin();
        String text = "keep [EMAIL_1] for a@x.org";

        String redacted = redaction.redact(redaction.reserve(text));

        assertThat(redacted).isEqualTo("keep [EMAIL_1] for [EMAIL_2]");
        assertThat(redaction.restore(redacted)).isEqualTo(text);
    }

    @Test
    void texts_within_json_are_found_behind_escapes_and_put_back_escaped() {
        Redaction redaction = begin();
        String json =
                "{\"to\":\"a\\u0040x.org\",\"card\":4111111111111111,\"n\":[1,true,null],\"b@x.org\":\"\\\"pwd: hunter22\\\"\"}";

        String redacted = redaction.redactJson(json);

        assertThat(redacted)
                .isEqualTo(
                        "{\"to\":\"[EMAIL_1]\",\"card\":\"[CARD_1]\",\"n\":[1,true,null],\"[EMAIL_2]\":\"\\\"pwd: [SECRET_1]\\\"\"}");
        assertThat(redaction.restoreJson(redacted)).contains("a@x.org", "\"b@x.org\"", "pwd: hunter22");
    }

    @Test
    void patterns_of_the_operator_go_first_and_have_their_own_kind() {
        Redaction redaction =
                begin("redact-pattern.project-name", "(?i)project [a-z]+", "redact-pattern.id", "EMP-[0-9]{6}");

        assertThat(redaction.redact("Project Falcon of EMP-123456, a@x.org"))
                .isEqualTo("[PROJECT_NAME_1] of [ID_1], [EMAIL_1]");
    }

    @Test
    void a_pattern_that_is_none_is_a_mistake_in_the_settings() {
        assertThat(Failures.assertFails(ErrorCode.INVALID_CONFIG, () -> begin("redact-pattern.x", "(")))
                .hasMessageContaining("redact-pattern.x");
        Failures.assertFails(ErrorCode.INVALID_CONFIG, () -> begin("redact-pattern.x", "a*"));
        Failures.assertFails(ErrorCode.INVALID_CONFIG, () -> begin("redact-pattern.x", "(a)\\1"));
        Failures.assertFails(ErrorCode.INVALID_CONFIG, () -> begin("redact-pattern.x y", "a"));
    }

    @Test
    void texts_made_to_be_slow_are_not() {
        Redaction redaction = begin("redact-pattern.evil", "(a+)+$");
        String[] evil = {
            "a".repeat(200_000),
            "a.".repeat(100_000),
            "a@".repeat(100_000),
            "1 ".repeat(100_000),
            "0".repeat(200_000),
            "AA00 ".repeat(40_000),
            "-----BEGIN A-----".repeat(10_000),
            "password=".repeat(20_000),
            "://a:".repeat(40_000),
            "eyJ".repeat(60_000),
            "f".repeat(100_000) + ":".repeat(100_000),
            "[".repeat(200_000),
            "+1 ".repeat(60_000),
        };
        long start = System.nanoTime();
        for (String text : evil) {
            redaction.restore(redaction.redact(text));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }
}
