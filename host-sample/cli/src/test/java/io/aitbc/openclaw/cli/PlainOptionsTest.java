package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PlainOptionsTest {
    private static List<String> names() {
        return Stream.of(HostOptions.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(CommandLine.Option.class))
                .flatMap(field -> Arrays.stream(
                        field.getAnnotation(CommandLine.Option.class).names()))
                .toList();
    }

    private static HostOptions parsed(List<String> arguments) {
        HostOptions options = new HostOptions();
        new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
        return options;
    }

    @Test
    void plain_options_are_read_as_the_parser_of_all_commands_reads_them() {
        List<String> all = new ArrayList<>();
        for (String name : names()) {
            if (!name.equals("--config")) {
                all.addAll(List.of(name, name.equals("--set") ? "a.b=c=d" : "value of " + name));
            }
        }
        all.addAll(List.of("--set", "e=f"));

        assertThat(all).hasSizeGreaterThan(18);
        assertThat(HostOptions.plain(all).orElseThrow().given())
                .isEqualTo(parsed(all).given())
                .hasSize(all.size() / 2);
        assertThat(HostOptions.plain(List.of()).orElseThrow().given()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--port",
                "--port=1",
                "--port 1 --port 2",
                "--port --host",
                "--port -1",
                "--data @file",
                "--data \"x\"",
                "--set a",
                "--set a=1 --set a=2",
                "--config file",
                "--nonsense 1",
                "doctor --json"
            })
    void anything_else_is_left_to_that_parser(String arguments) {
        assertThat(HostOptions.plain(List.of(arguments.split(" ")))).isEmpty();
    }

    @Test
    void a_setting_that_is_wrong_ends_with_the_same_code_and_text_either_way() {
        CommandRun plain = CommandRun.of(Map.of(), "serve", "--port", "many");
        CommandRun other = CommandRun.of(Map.of(), "serve", "--port=many");

        assertThat(plain.exitCode()).isEqualTo(2);
        assertThat(plain).isEqualTo(other);
    }
}
