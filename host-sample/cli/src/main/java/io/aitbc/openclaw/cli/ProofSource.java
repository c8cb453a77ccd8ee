package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.proof.ProofGenerator;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.api.proof.ProofJob;
import io.aitbc.openclaw.api.proof.ProofRequest;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.StoppedPlugins;
import io.aitbc.openclaw.host.http.ProofDocuments;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who makes proofs: the host that runs with a data directory, or its plugins when none runs. Both answer in the words of the API. */
sealed interface ProofSource extends AutoCloseable {
    static ProofSource of(HostConfig config) {
        Optional<HostClient> running = HostClient.find(config);
        return running.isPresent() ? new OfHost(running.get()) : OfPlugins.load(config);
    }

    JsonNode circuits() throws InterruptedException;

    /** @param input a {@code .wtns} file, or JSON with inputs */
    JsonNode submit(String circuit, byte[] input) throws InterruptedException;

    /** @param answer of the host whose data directory it is */
    JsonNode submit(String circuit, ProofInput.Answer answer) throws InterruptedException;

    /** How far a proof is. */
    JsonNode look(String id) throws InterruptedException;

    void cancel(String id) throws InterruptedException;

    @Override
    void close();

    private static boolean isWitness(byte[] input) {
        return input.length >= 4 && new String(input, 0, 4, StandardCharsets.ISO_8859_1).equals("wtns");
    }

    record OfHost(HostClient host) implements ProofSource {
        @Override
        public JsonNode circuits() throws InterruptedException {
            return host.get("proofs/circuits");
        }

        @Override
        public JsonNode submit(String circuit, byte[] input) throws InterruptedException {
            Json documents = new Json();
            ObjectNode body = documents.object().put("circuit", circuit);
            if (isWitness(input)) {
                body.put("witness", Base64.getEncoder().encodeToString(input));
            } else {
                try {
                    body.set("inputs", documents.read(new String(input, StandardCharsets.UTF_8)));
                } catch (JacksonException e) {
                    throw noInput("the inputs are not JSON");
                }
            }
            return host.post("proofs/jobs", documents.compact(body), Map.of());
        }

        @Override
        public JsonNode submit(String circuit, ProofInput.Answer answer) throws InterruptedException {
            Json documents = new Json();
            ObjectNode body = documents.object().put("circuit", circuit);
            ObjectNode about = body.putObject("answer")
                    .put("id", answer.jobOrRequestId())
                    .put("cap", coins(answer.cap()).toPlainString());
            answer.since().ifPresent(size -> about.put("since", size));
            return host.post("proofs/jobs", documents.compact(body), Map.of());
        }

        /** Enough decimals that reading them, which rounds down, gives the same units. */
        private static BigDecimal coins(TokenAmount amount) {
            return new BigDecimal(amount.units())
                    .divide(BigDecimal.valueOf(amount.rail().unitsPerCoin()), 12, RoundingMode.CEILING);
        }

        @Override
        public JsonNode look(String id) throws InterruptedException {
            return host.get("proofs/jobs/" + id);
        }

        @Override
        public void cancel(String id) throws InterruptedException {
            boolean _ = host.delete("proofs/jobs/" + id).isObject();
        }

        @Override
        public void close() {
            host.close();
        }
    }

    record OfPlugins(StoppedPlugins plugins, ProofGenerator generator, Map<String, ProofJob> jobs)
            implements ProofSource {
        static OfPlugins load(HostConfig config) {
            StoppedPlugins plugins = plugins(config);
            Optional<ProofGenerator> generator = plugins.extensions().first(ProofGenerator.class);
            if (generator.isEmpty()) {
                plugins.close();
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "No plugin in %s makes proofs; see `plugins list`".formatted(config.pluginsDirectory()));
            }
            return new OfPlugins(plugins, generator.get(), new HashMap<>());
        }

        private static StoppedPlugins plugins(HostConfig config) {
            try {
                return StoppedPlugins.load(config);
            } catch (OpenClawException e) {
                throw new CommandFailure(ExitCode.FAILED, e.getMessage());
            }
        }

        @Override
        public JsonNode circuits() {
            return new Json().read(ProofDocuments.circuits(generator.circuits()));
        }

        @Override
        public JsonNode submit(String circuit, byte[] input) {
            try {
                return submitted(
                        circuit,
                        isWitness(input)
                                ? new ProofInput.Witness(input)
                                : ProofDocuments.inputs(new String(input, StandardCharsets.UTF_8)));
            } catch (IllegalArgumentException e) {
                throw noInput(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public JsonNode submit(String circuit, ProofInput.Answer answer) {
            return submitted(circuit, answer);
        }

        private JsonNode submitted(String circuit, ProofInput input) {
            try {
                ProofJob job = generator.submit(new ProofRequest(circuit, input));
                jobs.put(job.id(), job);
                return look(job.id());
            } catch (OpenClawException e) {
                throw new CommandFailure(ExitCode.FAILED, e.getMessage());
            }
        }

        @Override
        public JsonNode look(String id) {
            return new Json().read(ProofDocuments.job(known(id)));
        }

        @Override
        public void cancel(String id) {
            known(id).cancel();
        }

        private ProofJob known(String id) {
            return Objects.requireNonNull(jobs.get(id), "a proof that nobody asked for");
        }

        @Override
        public void close() {
            plugins.close();
        }
    }

    private static CommandFailure noInput(String why) {
        return new CommandFailure(ExitCode.FAILED, "No proof: " + why);
    }
}
