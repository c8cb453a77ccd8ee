package io.aitbc.openclaw.zk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class OracleTest {
    @Test
    void a_missing_oracle_fails_in_continuous_integration_and_is_named_elsewhere() {
        assertThatThrownBy(() -> Oracle.missing("snarkjs is not there", Map.of("CI", "true")))
                .isInstanceOf(AssertionError.class)
                .hasMessage("CI is true, and snarkjs is not there");
        assertThatThrownBy(() -> Oracle.missing("snarkjs is not there", Map.of()))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("snarkjs is not there");
    }
}
