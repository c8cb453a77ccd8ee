package io.aitbc.openclaw.host.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTableTest {
    private static final String GOOD = """
            {"format": 1, "components": [{"id": "a", "name": "A", "kind": "server", "scheme": "semver",
              "floor": {"version": "1.0.0", "reason": "r", "reference": "x"},
              "tested": [{"version": "1.1.0", "how": "h"}], "bad": [{"range": "<1.0.1", "reason": "r"}]}]}""";

    @ParameterizedTest
    @CsvSource({
        "0.16.9, BELOW_FLOOR",
        "0.17.1-rc2, BELOW_FLOOR",
        "0.17.1, NOT_TESTED",
        "0.33.3, TESTED",
        "0.40.0, NEWER_THAN_TESTED",
        "0.0.0, UNKNOWN"
    })
    void what_is_shipped_knows_the_floor_of_ollama(String version, Verdict expected) {
        Judgement judgement = Judge.shipped().judge("ollama", version);

        assertThat(judgement.verdict()).isEqualTo(expected);
        assertThat(judgement.verdict().bad())
                .isEqualTo(judgement.line().contains("CVE-2026-7482") && !expected.equals(Verdict.UNKNOWN));
    }

    @Test
    void what_is_shipped_knows_both_protocols_and_the_recorded_clients() {
        Judge judge = Judge.shipped();

        assertThat(judge.judge("aitbc-coordinator", "current").verdict()).isEqualTo(Verdict.TESTED);
        assertThat(judge.judge("aitbc-coordinator", "march").verdict()).isEqualTo(Verdict.BELOW_FLOOR);
        assertThat(judge.judge("openclaw", "2026.9.6").verdict()).isEqualTo(Verdict.TESTED);
        assertThat(judge.judge(UserAgent.read("ollama-js/0.6.4 (x64 linux Node.js/v24.21.0)"))
                        .verdict())
                .isEqualTo(Verdict.TESTED);
        assertThat(judge.judge(UserAgent.read("OpenAI/JS 7.15.0")).verdict()).isEqualTo(Verdict.TESTED);
    }

    @Test
    void a_good_table_is_read() {
        assertThat(read(GOOD).component("a")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"format\": 1 | \"format\": 2 | format",
                "\"version\": \"1.0.0\" | \"version\": \"1.0\" | '1.0' is no semantic version",
                "\"version\": \"1.1.0\" | \"version\": \"newest\" | 'newest' is no semantic version",
                "<1.0.1 | <<1 | no range",
                "\"kind\": \"server\" | \"kind\": \"thing\" | 'kind' cannot be 'thing'",
                "\"name\": \"A\" | \"nam\": \"A\" | unknown fields [nam]",
                "\"how\": \"h\" | \"how\": 1 | 'how' is missing or no text",
                "\"reason\": \"r\", \"reference\" | \"reference\" | 'reason' is missing",
                "[{\"version\": \"1.1.0\", \"how\": \"h\"}] | [] | nothing was tested",
                "\"id\": \"a\" | \"id\": \"a\", \"id\": \"b\" | no JSON document",
                "\"scheme\": \"semver\" | \"scheme\": \"name\" | a floor is the name of what was tested"
            })
    void a_slip_in_the_table_is_refused_with_the_reason(String good, String slip, String reason) {
        String table = GOOD.replace(good.strip(), slip.strip());

        assertThat(table).isNotEqualTo(GOOD);
        assertThatThrownBy(() -> read(table))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason.strip());
    }

    private static CompatibilityTable read(String json) {
        return CompatibilityTable.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
