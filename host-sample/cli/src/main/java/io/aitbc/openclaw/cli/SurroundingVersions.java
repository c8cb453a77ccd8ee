package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.NetworkTarget;
import io.aitbc.openclaw.host.compatibility.Judge;
import io.aitbc.openclaw.host.compatibility.Judgement;
import io.aitbc.openclaw.host.compatibility.Verdict;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The versions of what is around the host. */
final class SurroundingVersions {
    static final String OLLAMA = "ollama";
    static final String COORDINATOR = "aitbc-coordinator";
    static final String OPENCLAW = "openclaw";

    private final HostConfig config;
    private final Map<String, String> environment;
    private final Judge judge = Judge.shipped();

    SurroundingVersions(HostConfig config, Map<String, String> environment) {
        this.config = config;
        this.environment = environment;
    }

    /** What a running host has met, otherwise what answers now; and the OpenClaw of this machine. */
    List<Judgement> look() throws InterruptedException {
        List<Judgement> judgements = new ArrayList<>();
        Optional<HostClient> running = HostClient.find(config);
        if (running.isPresent()) {
            try (HostClient host = running.get()) {
                host.get("compatibility").path("seen").forEach(row -> judgements.add(read(row)));
            }
        } else {
            try (Probe probe = new Probe()) {
                ask(probe, judgements);
            }
        }
        InstalledOpenClaw.find(environment)
                .ifPresent(installed -> judgements.add(judge.judge(OPENCLAW, installed.version())));
        return judgements;
    }

    private void ask(Probe probe, List<Judgement> judgements) throws InterruptedException {
        if (config.ollama().isPresent()) {
            Optional<JsonNode> answer = probe.get(config.ollama().get(), "/api/version");
            answer.ifPresent(
                    it -> judgements.add(judge.judge(OLLAMA, it.path("version").asString(""))));
        }
        if (config.network() instanceof NetworkTarget.Coordinator(URI url)) {
            NetworkChecks.spoken(probe, NetworkChecks.base(url))
                    .ifPresent(protocol -> judgements.add(judge.judge(COORDINATOR, protocol)));
        }
    }

    private static Judgement read(JsonNode row) {
        return new Judgement(
                row.path("component").asString(""),
                row.path("name").asString(""),
                row.path("version").asString(""),
                verdict(row.path("verdict").asString("")),
                row.path("text").asString(""),
                row.path("advice").asString(""));
    }

    /** The host may be of another version than this command. */
    private static Verdict verdict(String text) {
        for (Verdict verdict : Verdict.values()) {
            if (lower(verdict).equals(text)) {
                return verdict;
            }
        }
        return Verdict.UNKNOWN;
    }

    static String lower(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
