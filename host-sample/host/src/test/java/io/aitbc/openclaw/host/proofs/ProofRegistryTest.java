package io.aitbc.openclaw.host.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.ChainRecord;
import io.aitbc.openclaw.host.http.ScriptedProofChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofRegistryTest {
    private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");
    private static final RecordQuery ALL = new RecordQuery(Optional.empty(), Optional.empty(), Optional.empty(), 1000);

    private final ScriptedProofChain chain = new ScriptedProofChain();

    @TempDir
    private Path folder;

    private void append(int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(chain.append(answer("req-" + i, i % 2 == 0 ? Optional.of("job-" + i / 4) : Optional.empty(), i))
                            .index())
                    .isEqualTo(i);
        }
    }

    private static AnswerRecord answer(String request, Optional<String> job, int minute) {
        Instant ended = START.plus(Duration.ofMinutes(minute));
        return new AnswerRecord(
                request,
                job,
                job.map(_ -> "aitbc"),
                "wren-tiny:latest",
                Optional.empty(),
                "0".repeat(64),
                "1".repeat(64),
                ended.minusMillis(5),
                ended,
                job.isPresent() ? "aitbc" : "local",
                job.isPresent() ? "aitbc" : "embedded",
                Optional.empty(),
                Optional.empty(),
                job.isPresent() ? AssuranceLevel.SIGNED : AssuranceLevel.NONE,
                List.of("that the sky is blue"));
    }

    private List<ChainRecord> ask(RecordQuery query) {
        try (ProofRegistry registry = new ProofRegistry(folder)) {
            return registry.find(chain, query);
        }
    }

    private List<Long> indexes(Optional<String> about, Optional<Instant> since, Optional<Instant> before, int most) {
        return ask(new RecordQuery(about, since, before, most)).stream()
                .map(ChainRecord::index)
                .toList();
    }

    @Test
    void records_are_found_by_job_by_request_and_by_time_the_last_first() {
        append(0, 12);
        assertThat(ask(ALL)).isEqualTo(chain.records(0, 12).reversed());
        assertThat(indexes(Optional.of("job-1"), Optional.empty(), Optional.empty(), 10))
                .containsExactly(6L, 4L);
        assertThat(indexes(Optional.of("req-7"), Optional.empty(), Optional.empty(), 10))
                .containsExactly(7L);
        assertThat(indexes(Optional.of("req-12"), Optional.empty(), Optional.empty(), 10))
                .isEmpty();
        Optional<Instant> from = Optional.of(START.plus(Duration.ofMinutes(3)));
        Optional<Instant> to = Optional.of(START.plus(Duration.ofMinutes(6)));
        assertThat(indexes(Optional.empty(), from, to, 10)).containsExactly(5L, 4L, 3L);
        assertThat(indexes(Optional.empty(), from, to, 2)).containsExactly(5L, 4L);
        assertThat(indexes(Optional.of("job-1"), from, to, 10)).containsExactly(4L);
    }

    @Test
    void registry_follows_the_log_over_restarts_in_many_steps() {
        append(0, 3);
        assertThat(ask(ALL)).hasSize(3);
        append(3, 10_000);
        try (ProofRegistry registry = new ProofRegistry(folder)) {
            registry.follow(chain);
            append(10_000, 10_001);
            assertThat(registry.find(
                            chain, new RecordQuery(Optional.of("req-10000"), Optional.empty(), Optional.empty(), 1)))
                    .hasSize(1);
        }
        assertThat(ask(ALL))
                .hasSize(1000)
                .first()
                .extracting(ChainRecord::index)
                .isEqualTo(10_000L);
    }

    @Test
    void registry_that_is_lost_is_read_anew() throws IOException {
        append(0, 5);
        List<ChainRecord> before = ask(ALL);
        Files.delete(folder.resolve(ProofRegistry.FILE));
        assertThat(ask(ALL)).isEqualTo(before).hasSize(5);
    }

    @Test
    void log_that_was_put_back_forked_or_exchanged_is_refused() throws IOException {
        append(0, 5);
        assertThat(ask(ALL)).hasSize(5);
        List<AnswerRecord> genuine = List.copyOf(chain.records());
        chain.replace(genuine.subList(0, 3));
        assertRefused("it has only 3 records");
        List<AnswerRecord> fork = new ArrayList<>(genuine.subList(0, 4));
        fork.add(answer("req-fork", Optional.empty(), 4));
        fork.add(answer("req-more", Optional.empty(), 5));
        chain.replace(fork);
        assertRefused("it was forked");
        chain.replace(genuine);
        assertThat(ask(ALL)).hasSize(5);
        chain.replace(fork);
        Files.delete(folder.resolve(ProofRegistry.FILE));
        assertThat(ask(ALL)).hasSize(6);
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> ask(ALL))
                .isInstanceOfSatisfying(
                        OpenClawException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL))
                .hasMessageContaining(why)
                .hasMessageContaining("put back the log that has all records");
    }

    @Test
    void nothing_is_made_before_it_is_needed_and_then_for_the_owner_only() throws IOException {
        try (ProofRegistry registry = new ProofRegistry(folder)) {
            assertThat(folder).isEmptyDirectory();
            assertThat(registry.find(chain, ALL)).isEmpty();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(ProofRegistry.FILE))))
                    .isEqualTo("rw-------");
        }
    }
}
