package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.provider.coordinator.Pace;
import io.aitbc.openclaw.provider.coordinator.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AitbcSettingsTest {
    @TempDir
    Path folder;

    @Test
    void defaults_are_small_and_safe() {
        AitbcSettings settings = settings();

        assertThat(settings.limits().perJob()).hasToString("0.1 AIT");
        assertThat(settings.limits().perDay()).hasToString("1 AIT");
        assertThat(settings.jobTtl()).isEqualTo(Duration.ofSeconds(300));
        assertThat(settings.wallet()).isEmpty();
        assertThat(settings.testNetwork()).isFalse();
    }

    @Test
    void a_key_may_lie_in_a_file() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), ScriptedCoordinator.KEY + "\n");

        assertThat(settings("wallet-key-file", key.toString())
                        .wallet()
                        .orElseThrow()
                        .address())
                .isEqualTo(ScriptedCoordinator.ADDRESS);
    }

    @Test
    void nobody_is_asked_directly_and_nothing_paid_there_unless_that_is_set() {
        DirectSettings direct = settings().direct();

        assertThat(direct.transport()).isEqualTo(DirectSettings.Transport.JOB);
        assertThat(direct.paid()).isFalse();
        assertThat(direct.rules().allowLoopback()).isFalse();
        assertThat(direct.rules().ports()).containsExactlyInAnyOrder(443, 8443, 11434);
        assertThat(settings("test-network", "true").direct().rules().allowLoopback())
                .isTrue();
    }

    @Test
    void paying_directly_needs_a_chain() {
        assertThat(Failures.assertFails(ErrorCode.INVALID_CONFIG, () -> settings("direct", "paid")))
                .hasMessageContaining("chain-url");
    }

    @Test
    void coins_that_are_worth_nothing_need_no_patience() {
        assertThat(settings().access().pace()).isEqualTo(Pace.DOCUMENTED);
        assertThat(settings("test-network", "true").access().pace()).isEqualTo(Pace.LEARNED);
        assertThat(settings("test-network", "true", "rate-limits", "documented")
                        .access()
                        .pace())
                .isEqualTo(Pace.DOCUMENTED);
    }

    @Test
    void an_api_key_is_taken_and_never_shown() {
        AitbcSettings settings = settings("api-key", "client-dev-key-1", "profile", "march");

        assertThat(settings.access().account().apiKey()).contains("client-dev-key-1");
        assertThat(settings.access().account().profile()).contains(Profile.MARCH);
        assertThat(settings.toString()).doesNotContain("client-dev-key-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"daily-bugdet", "direct-host", "miner.pricee", "miner-enabled", "privacy.x", "redact-patern.x"})
    void a_misspelt_setting_of_any_group_is_an_error(String key) {
        assertThat(Failures.assertFails(ErrorCode.INVALID_CONFIG, () -> settings(key, "1")))
                .hasMessageStartingWith("Unknown setting 'plugins.aitbc-provider." + key + "'; known are ")
                .hasMessageContaining("daily-budget");
    }

    @Test
    void what_the_host_adds_is_known() {
        AitbcSettings settings =
                settings("enabled", "true", "redact-pattern.project", "x+", "agent-registry-url", "http://a");

        assertThat(settings.testNetwork()).isFalse();
    }

    @Test
    void settings_never_show_the_key() {
        assertThat(settings("wallet-key", ScriptedCoordinator.KEY).toString()).doesNotContain("abababab");
    }

    @ParameterizedTest
    @CsvSource({
        "coordinator-url,",
        "coordinator-url,ftp://hub",
        "coordinator-url,http://user:pw@hub",
        "marketplace-url,",
        "wallet-key,secret",
        "wallet-key-file,/no/such/file",
        "chain-url,ftp://node",
        "agent-registry-url,http://user@registry",
        "profile,april",
        "api-key,two words",
        "rate-limits,none",
        "lost-answer-wait,301s",
        "max-price-per-job,10",
        "max-price-per-job,lots",
        "daily-budget,-1",
        "job-ttl,0s",
        "poll-interval,0ms",
        "ignored-options,maybe",
        "max-output-tokens,0",
        "context-length,-5",
        "transport,maybe",
        "direct,always",
        "direct-ports,80x",
        "direct-ports,65536",
        "direct-idle-timeout,0ms",
        "direct-first-byte-timeout,2h",
        "chain-url,ftp://chain",
        "privacy,hidden",
        "redact-pattern.x,("
    })
    void a_bad_setting_is_refused_by_name(String key, String value) {
        OpenClawException failure =
                Failures.assertFails(ErrorCode.INVALID_CONFIG, () -> settings(key, value == null ? "" : value));
        assertThat(failure.getMessage())
                .contains(key.startsWith("wallet-key") ? "key" : key)
                .doesNotContain("secret");
    }

    private static AitbcSettings settings(String... more) {
        Map<String, String> config = new HashMap<>(
                Map.of("coordinator-url", "http://127.0.0.1:8203", "marketplace-url", "http://127.0.0.1:8102"));
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        return AitbcSettings.of(new PluginConfig("plugins.aitbc-provider", config));
    }
}
