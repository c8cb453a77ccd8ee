package io.aitbc.openclaw.bench.proofs;

import io.aitbc.openclaw.api.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** snarkjs on Node.js, fetched by npm into a folder of the run. It is GPL software, so it is a program beside this one, and no part of it. */
final class SnarkjsPeer {
    static final String NAME = "snarkjs 0.7.6";

    private static final Logger LOG = LoggerFactory.getLogger(SnarkjsPeer.class);
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(2);
    private static final String PREFIX = "figures ";

    private final Path folder;

    private SnarkjsPeer(Path folder) {
        this.folder = folder;
    }

    /** Empty, with the reason in the log, where Node.js or npm are missing or snarkjs cannot be fetched. */
    static Optional<SnarkjsPeer> install(Path folder) throws InterruptedException {
        try {
            for (String file : List.of("package.json", "package-lock.json", "measure.js")) {
                try (InputStream input = SnarkjsPeer.class.getResourceAsStream("snarkjs/" + file)) {
                    if (input == null) {
                        throw new IOException("the benchmark has no " + file);
                    }
                    Files.copy(input, folder.resolve(file));
                }
            }
            Program.run(folder, INSTALL_LIMIT, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            return Optional.of(new SnarkjsPeer(folder));
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", FailureReason.of(e)).log("snarkjs is not compared with");
            return Optional.empty();
        }
    }

    /**
     * Milliseconds that snarkjs takes for one verification, warm: wall time or processor time, whichever is less, as its threads add to the one
     * and whatever else runs adds to the other.
     */
    double millis(SampleProof proof, double seconds) throws IOException, InterruptedException {
        Path claim = Files.writeString(folder.resolve(proof.circuit() + ".json"), proof.json());
        return measure(seconds, proof.kind(), claim.toString());
    }

    /** The same for making a proof, with both files in memory. */
    double millis(SampleCircuit circuit, double seconds) throws IOException, InterruptedException {
        Path key = Files.write(folder.resolve(circuit.name() + ".zkey"), circuit.provingKey());
        Path witness = Files.write(folder.resolve(circuit.name() + ".wtns"), circuit.witness());
        return measure(seconds, "prove", key.toString(), witness.toString());
    }

    private double measure(double seconds, String... what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", "measure.js", Double.toString(seconds)));
        command.addAll(List.of(what));
        return parse(
                Program.run(folder, Duration.ofSeconds((long) (seconds * 10) + 120), command.toArray(String[]::new)));
    }

    static double parse(List<String> output) throws IOException {
        String line = output.stream()
                .filter(it -> it.startsWith(PREFIX))
                .findFirst()
                .orElseThrow(() -> new IOException("snarkjs printed no figures: " + output));
        String[] figures = line.substring(PREFIX.length()).split(" ");
        return Math.min(Double.parseDouble(figures[0]), Double.parseDouble(figures[1]));
    }
}
