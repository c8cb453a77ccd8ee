package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong before there is a proof; that one is made, the tests of the installation show. */
class ProofGenerateCommandTest {
    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void set_up() throws IOException {
        environment.put("OPENCLAW_DATA_DIRECTORY", folder.resolve("data").toString());
        environment.put(
                "OPENCLAW_PLUGINS_DIRECTORY",
                Files.createDirectory(folder.resolve("plugins")).toString());
        environment.put("OPENCLAW_AITBC", "off");
        environment.put("OPENCLAW_PORT", "0");
        environment.put("XDG_CONFIG_HOME", folder.toString());
    }

    private CommandRun generate(String in, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "proof";
        all[1] = "generate";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandRun.reading(in, environment, all);
    }

    @Test
    void input_that_cannot_be_read_is_wrong_usage() {
        CommandRun missing =
                generate("", "sums", "--input", folder.resolve("none").toString());
        assertThat(missing.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(missing.err()).contains("cannot be read: name a file, or - for standard input");
        assertThat(generate("", "sums").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(generate("", "sums", "--answer", "job-1").err()).contains("--answer JOB with --cap AIT");
        assertThat(generate("", "sums", "--answer", "job-1", "--cap", "1", "--input", "-")
                        .exitCode())
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(generate("", "sums", "--answer", "job-1", "--cap", "little").err())
                .contains("the answer needs a cap in AIT, such as 0.05");
    }

    @Test
    void proof_in_which_a_name_stands_twice_is_refused_before_one_of_them_is_lost() throws IOException {
        for (String twice : new String[] {
            "{\"kind\": \"groth16\", \"evidence\": {\"circuit\": \"a\", \"circuit\": \"b\"}}",
            "{\"kind\": \"plonk\", \"kind\": \"groth16\", \"evidence\": {\"circuit\": \"a\"}}"
        }) {
            Path file = Files.writeString(folder.resolve("proof.json"), twice);
            CommandRun check = CommandRun.reading("", environment, "proof", "check", file.toString());
            assertThat(check.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(check.err()).contains("in which each name stands once");
        }
    }

    @Test
    void proof_to_check_that_is_none_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("proof.json"), "{\"kind\": \"groth16\"}");
        CommandRun noProof = CommandRun.of(environment, "proof", "check", file.toString());
        assertThat(noProof.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(noProof.err()).contains("is no proof as `proof generate` or snarkjs writes it");
        Files.writeString(file, "{\"kind\": \"groth16\", \"evidence\": {}}");
        CommandRun noPlugin = CommandRun.of(environment, "proof", "check", file.toString());
        assertThat(noPlugin.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(noPlugin.err()).contains("No plugin in", "checks such proofs");
        assertThat(CommandRun.of(environment, "proof", "check", file.toString(), "--circuit", "sums")
                        .exitCode())
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(CommandRun.of(environment, "proof", "check", file.toString(), "--trust", "receipt:key")
                        .exitCode())
                .isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void without_a_plugin_there_is_no_proof_whether_a_host_runs_or_not() {
        CommandRun stopped = generate("{\"a\": 4242}", "sums", "--input", "-");
        assertThat(stopped.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(stopped.err()).contains("No plugin in", "makes proofs");
        try (Host host = Host.start(HostConfig.read(Map.of(), environment, Optional.empty()))) {
            assertThat(host.engines()).isNotEmpty();
            CommandRun running = generate("{\"a\": 4242}", "sums", "--input", "-");
            assertThat(running.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(running.err()).contains("no plugin that makes proofs is loaded");
            CommandRun noise = generate("{4242", "sums", "--input", "-");
            assertThat(noise.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(noise.err()).contains("the inputs are not JSON").doesNotContain("4242");
        }
    }
}
