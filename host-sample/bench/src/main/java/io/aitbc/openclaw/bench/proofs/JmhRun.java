package io.aitbc.openclaw.bench.proofs;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The benchmarks that the build makes with JMH, in a process of their own. JMH is GPL software, so it is a program beside this one: an
 * installation that still lies where the build put it finds it there, a distribution that was unpacked elsewhere does not.
 */
final class JmhRun {
    private static final Path INSTALLATIONS = Path.of("plugins-dist", "target");
    private static final Path JAR = Path.of("host-sample", "jmh", "target", "benchmarks.jar");
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String UNIT = "ms/op";

    private final Path jar;

    private JmhRun(Path jar) {
        this.jar = jar;
    }

    /**
     * How often is measured.
     *
     * @param forks processes for each benchmark, one after the other
     * @param warmUp iterations of a second in each that do not count
     * @param iterations in each that count
     */
    record Effort(int forks, int warmUp, int iterations, Duration iteration) {
        static final Effort SHORT = new Effort(1, 3, 5, Duration.ofMillis(200));
        static final Effort FULL = new Effort(2, 4, 5, Duration.ofSeconds(1));

        int counted() {
            return forks * iterations;
        }
    }

    /** @param home of the installation */
    static Optional<JmhRun> beside(Path home) {
        Path parent = home.toAbsolutePath().normalize().getParent();
        if (parent == null || !parent.endsWith(INSTALLATIONS)) {
            return Optional.empty();
        }
        Path jar = parent.resolve(Path.of("..", "..")).resolve(JAR).normalize();
        return Optional.of(jar).filter(Files::isRegularFile).map(JmhRun::new);
    }

    /**
     * Milliseconds for each operation, by method.
     *
     * @param benchmarks the name of a class
     * @param folder for what it writes
     */
    Map<String, Double> millis(String benchmarks, Effort effort, Path folder) throws IOException, InterruptedException {
        Path result = folder.resolve("jmh.json");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(memory(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        command.addAll(List.of("-Djmh.ignoreLock=true", "-jar", jar.toString(), "\\." + benchmarks + "\\."));
        command.addAll(List.of("-f", Integer.toString(effort.forks())));
        command.addAll(List.of("-wi", Integer.toString(effort.warmUp()), "-w", "1s"));
        command.addAll(List.of("-i", Integer.toString(effort.iterations())));
        command.addAll(List.of("-r", effort.iteration().toMillis() + "ms"));
        command.addAll(List.of("-tu", "ms", "-foe", "true", "-rf", "json", "-rff", result.toString()));
        Program.run(folder, LIMIT, command.toArray(String[]::new));
        return parse(Files.readString(result));
    }

    /** The options of this process that say how memory is managed: what is measured runs as users run it. */
    static List<String> memory(List<String> options) {
        return options.stream()
                .filter(option -> option.matches("-Xm[nsx].*|-XX:\\+Use[A-Za-z0-9]+GC"))
                .toList();
    }

    /** From JMH's own document; of the iterations the median counts. */
    static Map<String, Double> parse(String json) throws IOException {
        Map<String, Double> millis = new HashMap<>();
        try {
            JsonNode results = JsonMapper.shared().readTree(json);
            if (!results.isArray()) {
                throw new IOException("JMH wrote no list of results: " + json);
            }
            for (JsonNode result : results) {
                JsonNode metric = result.required("primaryMetric");
                String unit = metric.required("scoreUnit").asString();
                if (!unit.equals(UNIT)) {
                    throw new IOException("JMH measured in %s, not in %s".formatted(unit, UNIT));
                }
                String name = result.required("benchmark").asString();
                double median =
                        metric.required("scorePercentiles").required("50.0").asDouble();
                millis.put(name.substring(name.lastIndexOf('.') + 1), median);
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException("JMH wrote no figures: " + json, e);
        }
        return millis;
    }
}
