package io.aitbc.openclaw.host.compatibility;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions a running host has met, of servers it uses and of clients that use it. Safe for any number of threads. */
public final class Surroundings {
    private static final Logger LOG = LoggerFactory.getLogger(Surroundings.class);
    /** Clients choose what they call themselves: no more than so many names are remembered. */
    private static final int MOST_CLIENTS = 64;

    private static final int LONGEST_AGENT = 160;
    /** They came with the host. */
    private static final String OWN_COMMANDS = "openclaw-aitbc/";

    private static final Executor LATER =
            CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, Thread::startVirtualThread);

    /**
     * A version that was met.
     *
     * @param where address of a server, empty for clients
     * @param since when this version was first seen there
     */
    public record Seen(Judgement judgement, Component.Kind kind, String where, Instant since) {}

    private record Place(String component, String where) {}

    private final Supplier<Judge> source;
    private final CompatibilityPolicy policy;
    private final InstantSource clock;
    private final ConcurrentMap<Place, Seen> servers = new ConcurrentHashMap<>();
    /** By what they call themselves: when it was first heard. */
    private final ConcurrentMap<String, Instant> clients = new ConcurrentHashMap<>();

    private final LongAdder others = new LongAdder();
    private @Nullable Judge judge;

    /** @param judge asked for once, when the first version is met: a start does not wait for the table to be read */
    public Surroundings(Supplier<Judge> judge, CompatibilityPolicy policy, InstantSource clock) {
        this.source = judge;
        this.policy = policy;
        this.clock = clock;
    }

    public CompatibilityPolicy policy() {
        return policy;
    }

    public CompatibilityTable table() {
        return judge().table();
    }

    private synchronized Judge judge() {
        Judge known = judge;
        if (known == null) {
            known = source.get();
            judge = known;
        }
        return known;
    }

    /**
     * Notes the version of a server.
     *
     * @param where its address
     * @param told the version as it tells it, empty when it tells none
     * @return why it must not be used, when the policy says so
     */
    public Optional<String> server(String component, String where, String told) {
        Place place = new Place(component, where);
        Judgement judgement = judge().judge(component, told);
        Seen last = servers.get(place);
        if (last == null || !last.judgement().equals(judgement)) {
            servers.put(place, new Seen(judgement, Component.Kind.SERVER, where, clock.instant()));
            log(judgement, where);
        }
        return policy == CompatibilityPolicy.REQUIRE && judgement.verdict().bad()
                ? Optional.of(judgement.line())
                : Optional.empty();
    }

    /** Notes what a client calls itself. */
    public void client(String userAgent) {
        String key = userAgent.length() > LONGEST_AGENT ? userAgent.substring(0, LONGEST_AGENT) : userAgent;
        if (clients.containsKey(key) || key.startsWith(OWN_COMMANDS)) {
            return;
        }
        if (clients.size() >= MOST_CLIENTS) {
            others.increment();
            return;
        }
        if (clients.putIfAbsent(key, clock.instant()) == null) {
            // The client waits for its answer, not for what we think of it.
            LATER.execute(() -> log(judge().judge(UserAgent.read(key)), ""));
        }
    }

    private static void log(Judgement judgement, String where) {
        if (judgement.verdict().bad()) {
            LOG.atWarn()
                    .addKeyValue("component", judgement.component())
                    .addKeyValue("version", judgement.version())
                    .addKeyValue("at", where)
                    .log(judgement.line());
        } else {
            LOG.atInfo()
                    .addKeyValue("component", judgement.component())
                    .addKeyValue("version", judgement.version())
                    .addKeyValue("verdict", judgement.verdict())
                    .log("first met");
        }
    }

    /** What was met: servers, then clients, each in the order in which they were. */
    public List<Seen> seen() {
        List<Seen> all = new ArrayList<>(inOrder(servers.values().stream()));
        Set<Judgement> known = new HashSet<>();
        inOrder(clients.entrySet().stream().map(this::client)).stream()
                .filter(seen -> known.add(seen.judgement()))
                .forEach(all::add);
        return all;
    }

    private Seen client(Map.Entry<String, Instant> client) {
        Judgement judgement = judge().judge(UserAgent.read(client.getKey()));
        return new Seen(judgement, Component.Kind.CLIENT, "", client.getValue());
    }

    private static List<Seen> inOrder(Stream<Seen> seen) {
        return seen.sorted(Comparator.comparing(Seen::since)).toList();
    }

    /** Requests of clients that were not remembered, because too many call themselves differently. */
    public long otherRequests() {
        return others.sum();
    }
}
