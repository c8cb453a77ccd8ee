package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private static final String[] NAMES = {
        "serve", "demo", "doctor", "devnet", "plugins", "wallet", "outbox", "services", "proof", "bench", "faults"
    };

    @Test
    void help_lists_every_command() {
        CommandRun help = CommandRun.of(Map.of(), "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains(NAMES).contains("Exit codes");
    }

    @Test
    void the_version_is_that_of_the_build() {
        assertThat(VersionSource.version()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "demo",
                "doctor",
                "devnet",
                "plugins",
                "wallet",
                "outbox",
                "services",
                "proof",
                "bench",
                "faults"
            })
    void every_command_has_help(String name) {
        CommandRun help = CommandRun.of(Map.of(), name, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).startsWith("Usage: openclaw-aitbc " + name);
    }

    @Test
    void unknown_command_is_wrong_usage() {
        CommandRun wrong = CommandRun.of(Map.of(), "sevre");

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("sevre", "serve");
        assertThat(wrong.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sevre --help", "--help sevre", "plugins lits --help", "wallet nonsense -h", "sevre --version"})
    void an_unknown_command_has_no_help(String arguments) {
        CommandRun wrong = CommandRun.of(Map.of(), arguments.split(" "));

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("Unmatched argument");
        assertThat(wrong.out()).isEmpty();
    }

    @Test
    void unknown_benchmark_is_wrong_usage_that_names_those_there_are() {
        CommandRun wrong = CommandRun.of(Map.of(), "bench", "speed");

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("speed", "startup", "engine", "gateway");
    }

    @Test
    void wrong_quirk_is_wrong_usage_and_the_list_is_not() {
        assertThat(CommandRun.of(Map.of(), "devnet", "--quirks", "no-such").exitCode())
                .isEqualTo(2);
        assertThat(CommandRun.of(Map.of(), "devnet", "--quirks", "list").out()).contains("failed-as-completed");
    }

    @ParameterizedTest
    @CsvSource({
        "--profile, april, 'known: current, march'",
        "--prover, magic, 'known: missing, disabled, recorded'",
        "--miners, 65, 0 to 64",
        "--miners, -1, 0 to 64"
    })
    void wrong_devnet_option_is_wrong_usage_that_says_what_there_is(String option, String value, String help) {
        CommandRun wrong = CommandRun.of(Map.of(), "devnet", option, value);

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains(help);
    }
}
