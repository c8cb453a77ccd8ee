package io.aitbc.openclaw.bench.faults;

import io.aitbc.openclaw.api.network.PaymentRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plays the fault table against a host that is started for it, with a network and a local engine of its own. */
public final class FaultPlayer {
    private final Map<String, String> settings;
    private final Predicate<String> wanted;
    private final Consumer<FaultResult> progress;

    /**
     * @param settings of the host, by key of its configuration file; they win over those of the player
     * @param wanted which faults are played, by id
     * @param progress gets each result as soon as it is there
     */
    public FaultPlayer(Map<String, String> settings, Predicate<String> wanted, Consumer<FaultResult> progress) {
        this.settings = Map.copyOf(settings);
        this.wanted = wanted;
        this.progress = progress;
    }

    /** Plays all faults with the plugins of this installation. */
    public static List<FaultResult> play() throws Exception {
        return new FaultPlayer(Map.of(), id -> true, result -> {}).playAll();
    }

    /** Plays the faults one after the other; the host recovers from each before the next begins. */
    public List<FaultResult> playAll() throws Exception {
        List<FaultResult> results = new ArrayList<>();
        for (Act act : acts()) {
            List<Fault> faults = act.faults().stream()
                    .filter(fault -> wanted.test(fault.id()))
                    .toList();
            if (!faults.isEmpty()) {
                results.addAll(play(act.transport(), faults));
            }
        }
        return List.copyOf(results);
    }

    private List<FaultResult> play(Stage.Transport transport, List<Fault> faults) throws Exception {
        Path data = Files.createTempDirectory("openclaw-faults");
        List<FaultResult> results = new ArrayList<>();
        try (Stage stage = Stage.open(transport, data, settings)) {
            for (Fault fault : faults) {
                stage.restore();
                FaultResult result = play(fault, stage);
                results.add(result);
                progress.accept(result);
            }
        } finally {
            delete(data);
        }
        return results;
    }

    private static FaultResult play(Fault fault, Stage stage) throws InterruptedException {
        Set<String> before =
                stage.payments().stream().map(PaymentRecord::reference).collect(Collectors.toSet());
        Reply reply;
        try {
            reply = fault.play().on(stage);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            String observed = e.getClass().getSimpleName() + ": " + e.getMessage();
            return new FaultResult(fault.id(), fault.fault(), fault.expected(), observed, false);
        }
        stage.awaitSettled();
        List<PaymentRecord> payments = stage.payments().stream()
                .filter(payment -> !before.contains(payment.reference()))
                .toList();
        boolean ok = fault.outcome().matches(reply) && fault.money().matches(payments);
        String observed = reply.summary() + "; " + Money.observed(payments);
        return new FaultResult(fault.id(), fault.fault(), fault.expected(), observed, ok);
    }

    /** Faults that one host can play. */
    private record Act(Stage.Transport transport, List<Fault> faults) {}

    private static List<Act> acts() {
        return List.of(
                new Act(
                        Stage.Transport.JOB,
                        Stream.concat(LocalFaults.all().stream(), NetworkFaults.all().stream())
                                .toList()),
                new Act(Stage.Transport.DIRECT, DirectFaults.all()));
    }

    /** The table of the documentation: every fault and what has to come of it, in Markdown. */
    public static String table() {
        StringBuilder table =
                new StringBuilder("| fault | what goes wrong | what the client and the ledger see |\n|---|---|---|\n");
        for (Act act : acts()) {
            for (Fault fault : act.faults()) {
                table.append("| `%s` | %s | %s |%n".formatted(fault.id(), fault.fault(), fault.expected()));
            }
        }
        return table.toString();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
