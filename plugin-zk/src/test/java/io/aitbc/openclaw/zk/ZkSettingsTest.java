package io.aitbc.openclaw.zk;

import static io.aitbc.openclaw.contract.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.contract.FixedExtensions;
import io.aitbc.openclaw.contract.TestingPluginContext;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZkSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"circuits.sums.key-sha512", "trusted-keys", "proof-queues", "circuits.key"})
    void misspelt_setting_is_refused_by_verifier_and_generator(String setting) {
        try (TestingPluginContext context =
                new TestingPluginContext("zk", Map.of(setting, "00"), new FixedExtensions())) {
            String expected = "Unknown setting 'plugins.zk.%s'; known are".formatted(setting);
            assertThat(assertFails(ErrorCode.INVALID_CONFIG, () -> new ZkVerifierFactory().create(context)))
                    .hasMessageStartingWith(expected);
            assertThat(assertFails(ErrorCode.INVALID_CONFIG, () -> new ZkGeneratorFactory().create(context)))
                    .hasMessageStartingWith(expected);
        }
    }
}
