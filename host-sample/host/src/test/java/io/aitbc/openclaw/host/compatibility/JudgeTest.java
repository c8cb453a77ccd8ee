package io.aitbc.openclaw.host.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
    private static final String TABLE = """
            {"format": 1, "components": [
             {"id": "server", "name": "Server", "kind": "server", "scheme": "semver",
              "floor": {"version": "1.2.0", "reason": "older ones leak", "reference": "https://example.org/leak"},
              "tested": [{"version": "1.4.0", "how": "by hand"}, {"version": "1.6.0", "how": "in the tests"}],
              "bad": [{"range": ">=1.5.0 & <1.5.3", "reason": "it cuts answers"}]},
             {"id": "talk", "name": "Talk", "kind": "server", "scheme": "name",
              "floor": {"version": "june", "reason": "older ones forget", "reference": "the book"},
              "tested": [{"version": "current", "how": "played"}, {"version": "june", "how": "played"},
                {"version": "spring", "how": "played"}], "bad": [{"range": "april", "reason": "it lies"}]},
             {"id": "client", "name": "Client", "kind": "client", "scheme": "semver", "agents": ["Client/JS"],
              "tested": [{"version": "2.0.0", "how": "recorded"}]}]}""";

    private final Judge judge = new Judge(CompatibilityTable.read(TABLE.getBytes(StandardCharsets.UTF_8)));

    @ParameterizedTest
    @CsvSource({
        "1.4.0, TESTED",
        "v1.4.0, TESTED",
        "1.4, TESTED",
        "1.6.0+build.7, TESTED",
        "1.6.0-12-gabcdef0, TESTED",
        "1.4.1, NOT_TESTED",
        "1.2.0, NOT_TESTED",
        "1.6.0-rc1, NOT_TESTED",
        "1.6.1, NEWER_THAN_TESTED",
        "2.0.0-rc.1, NEWER_THAN_TESTED",
        "1.1.9, BELOW_FLOOR",
        "1.2.0-rc0, BELOW_FLOOR",
        "0.9, BELOW_FLOOR",
        "1.5.0, KNOWN_BAD",
        "1.5.2, KNOWN_BAD",
        "1.5.3, NOT_TESTED",
        "0.0.0, UNKNOWN",
        "0.0.0-devnet, UNKNOWN",
        "'', UNKNOWN",
        "latest, UNKNOWN",
        "1.2.3.4, UNKNOWN",
        "99999999999999999999.0.0, UNKNOWN",
        "-1.0.0, UNKNOWN"
    })
    void a_version_is_judged_by_floor_known_trouble_and_what_was_tested(String told, Verdict expected) {
        assertThat(judge.judge("server", told).verdict()).isEqualTo(expected);
    }

    @Test
    void a_person_is_told_what_is_wrong_and_what_to_do() {
        assertThat(judge.judge("server", "1.1.0").line())
                .isEqualTo("Server 1.1.0 is older than 1.2.0: older ones leak; "
                        + "update Server to 1.2.0 or newer; see https://example.org/leak");
        assertThat(judge.judge("server", "1.5.1").line())
                .isEqualTo("Server 1.5.1 is known not to work: it cuts answers; "
                        + "use another version of Server, such as 1.4.0");
        assertThat(judge.judge("server", "").line())
                .isEqualTo(
                        "Server does not tell its version; make sure that it is no older than 1.2.0: older ones leak");
        assertThat(judge.judge("server", "1.6.0").line()).isEqualTo("Server 1.6.0 was tested: in the tests");
        assertThat(judge.judge("server", "1.7.0").advice()).isEmpty();
    }

    @Test
    void versions_that_are_names_are_known_or_not() {
        assertThat(judge.judge("talk", "current").verdict()).isEqualTo(Verdict.TESTED);
        assertThat(judge.judge("talk", "june").verdict()).isEqualTo(Verdict.TESTED);
        assertThat(judge.judge("talk", "spring").line())
                .isEqualTo("Talk spring is older than june: older ones forget; "
                        + "update Talk to june or newer; see the book");
        assertThat(judge.judge("talk", "april").verdict()).isEqualTo(Verdict.KNOWN_BAD);
        assertThat(judge.judge("talk", "may").verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judge.judge("nobody", "1.0.0").verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void clients_are_found_by_what_they_call_themselves() {
        assertThat(judge.judge(UserAgent.read("Client/JS 2.0.0")).verdict()).isEqualTo(Verdict.TESTED);
        assertThat(judge.judge(UserAgent.read("Client/JS 2.0.0")).component()).isEqualTo("client");
        assertThat(judge.judge(UserAgent.read("curl/8.5.0")).text()).isEqualTo("nothing is known about curl 8.5.0");
    }

    @Test
    void whatever_is_told_there_is_a_verdict_and_a_short_printable_text() {
        Random random = new Random(5);
        String alphabet = "0123456789.-+vrcx/ \n\t\u001b\u0000é\u2028~()[]{}%";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder told = new StringBuilder();
            int length = round % 100 == 0 ? 5_000 : random.nextInt(24);
            for (int i = 0; i < length; i++) {
                told.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Judgement judgement = judge.judge("server", told.toString());
            assertThat(judgement.version()).hasSizeLessThanOrEqualTo(60).matches("[\\x20-\\x7E]*");
            assertThat(judgement.line()).doesNotContain("\n", "\u001b");
            UserAgent agent = UserAgent.read(told.toString());
            assertThat(agent.name() + agent.version())
                    .hasSizeLessThanOrEqualTo(80)
                    .matches("[\\x21-\\x7E]*");
        }
    }
}
