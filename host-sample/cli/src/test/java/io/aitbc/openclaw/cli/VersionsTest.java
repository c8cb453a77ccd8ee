package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {
    @ParameterizedTest
    @CsvSource({
        "0.17.1,true",
        "0.17.0,false",
        "0.18.0-rc1,true",
        "v1.0,true",
        "0.9.9,false",
        "0.17.1.2,true",
        "0.0.0,false",
        "nonsense,false"
    })
    void version_is_compared_number_by_number(String version, boolean newEnough) {
        assertThat(Versions.atLeast(version, "0.17.1")).isEqualTo(newEnough);
    }
}
