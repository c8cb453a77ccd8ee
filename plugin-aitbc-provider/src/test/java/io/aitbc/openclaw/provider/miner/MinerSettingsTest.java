package io.aitbc.openclaw.provider.miner;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.contract.Failures;
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

class MinerSettingsTest {
    private static final Map<String, String> LEAST = Map.of(
            "miner.enabled",
            "true",
            "miner.id",
            "miner-a",
            "miner.key",
            "secret-key",
            "miner.models",
            "Llama3.2, tiny:1b");

    @TempDir
    Path folder;

    private static PluginConfig config(Map<String, String> values) {
        return new PluginConfig("plugins.aitbc-provider", values);
    }

    private static PluginConfig with(String key, String value) {
        Map<String, String> values = new HashMap<>(LEAST);
        values.put(key, value);
        return config(values);
    }

    @Test
    void off_by_default() {
        assertThat(MinerSettings.of(config(Map.of()))).isEmpty();
        assertThat(MinerSettings.of(with("miner.enabled", "false"))).isEmpty();
    }

    @Test
    void defaults_are_those_of_the_production_miner_and_modest() {
        MinerSettings settings = MinerSettings.of(config(LEAST)).orElseThrow();

        assertThat(settings.models()).containsExactlyInAnyOrder("llama3.2:latest", "tiny:1b");
        assertThat(settings.concurrency()).isEqualTo(1);
        assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.heartbeatInterval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.limits()).isEqualTo(new MinerSettings.JobLimits(65_536, 1024, Duration.ofSeconds(60)));
        assertThat(settings.price()).isEqualByComparingTo("0.01");
        assertThat(settings.region()).isEqualTo("localhost");
        assertThat(settings.honestFailures()).isTrue();
        assertThat(settings.offer()).isFalse();
        assertThat(settings.daily().jobs()).isEmpty();
        assertThat(settings.daily().time()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "miner.id, secret-key, miner.id",
        "miner.id, '../x', miner.id",
        "miner.id, '', miner.id and key",
        "miner.key, '', miner.id and key",
        "miner.key, with blank, miner.key",
        "miner.models, '', miner.models",
        "miner.models, 'a b', miner.models",
        "miner.price, -1, miner.price",
        "miner.price, 1e3, miner.price",
        "miner.concurrency, 0, miner.concurrency",
        "miner.max-prompt-bytes, -5, miner.max-prompt-bytes",
        "miner.max-output-tokens, 0, miner.max-output-tokens",
        "miner.max-job-time, 2d, miner.max-job-time",
        "miner.report-failures, maybe, miner.report-failures",
        "miner.payout-address, ait1abc, miner.payout-address",
        "miner.daily-jobs, x, miner.daily-jobs"
    })
    void a_bad_value_is_named(String key, String value, String named) {
        assertThat(Failures.assertFails(ErrorCode.INVALID_CONFIG, () -> MinerSettings.of(with(key, value))))
                .hasMessageContaining(named)
                .hasMessageNotContaining("with blank");
    }

    @Test
    void the_key_can_lie_in_a_file_and_is_never_shown() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "from-a-file\n");
        Map<String, String> values = new HashMap<>(LEAST);
        values.remove("miner.key");
        values.put("miner.key-file", file.toString());

        MinerSettings settings = MinerSettings.of(config(values)).orElseThrow();

        assertThat(settings.key().secret()).isEqualTo("from-a-file");
        assertThat(settings.toString()).doesNotContain("from-a-file");
    }
}
