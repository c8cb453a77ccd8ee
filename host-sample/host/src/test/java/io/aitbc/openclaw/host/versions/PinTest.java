package io.aitbc.openclaw.host.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinTest {
    @ParameterizedTest
    @CsvSource({
        "~1.4, 1.4.9, true",
        "~1.4, 1.5.0, false",
        "~1.4, 1.5.0-rc.1, false",
        "~1.4, 1.4.3-rc.1, true",
        "<2.0.0, 2.0.0-rc.1, false",
        "<2.0.0, 1.9.0-rc.1, true",
        "1.x, 2.0.0-alpha, false",
        "2.0.0-rc.1, 2.0.0-rc.1, true",
        "2.0.0-rc.1, 2.0.0, false",
        ">=2.0.0, 2.0.0-rc.1, false"
    })
    void a_prerelease_counts_to_the_version_it_leads_to(String range, String version, boolean allowed) {
        assertThat(new Pin("p", range, "audited", "ada", Instant.EPOCH).allows(version))
                .isEqualTo(allowed);
    }
}
