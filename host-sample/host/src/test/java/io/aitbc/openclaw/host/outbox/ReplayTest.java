package io.aitbc.openclaw.host.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.OutboxMessage.State;
import io.aitbc.openclaw.api.outbox.Delivery;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.contract.ScriptedHandler;
import io.aitbc.openclaw.contract.TestingClock;
import io.aitbc.openclaw.host.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReplayTest {
    private static final OutboxOptions OPTIONS = OutboxOptions.defaults();

    @TempDir
    private Path folder;

    private final TestingClock clock = new TestingClock();
    private final Map<String, OutboxHandler> handlers = new ConcurrentHashMap<>();
    private HostOutbox outbox;

    private HostOutbox open(OutboxOptions options) {
        outbox = new HostOutbox(
                folder, options, clock, new Random(1), topic -> Optional.ofNullable(handlers.get(topic)));
        return outbox;
    }

    private ScriptedHandler handler() {
        ScriptedHandler handler = new ScriptedHandler("post");
        handlers.put("post", handler);
        return handler;
    }

    private void handler(Function<OutboxMessage, Delivery> deliver) {
        handlers.put("post", new OutboxHandler() {
            @Override
            public String id() {
                return "post";
            }

            @Override
            public Delivery deliver(OutboxMessage message) {
                return deliver.apply(message);
            }
        });
    }

    private static Delivery delivered() {
        return new Delivery.Delivered("");
    }

    private static Delivery later() {
        return new Delivery.Later("away", Optional.empty());
    }

    private OutboxMessage add(String lane, String key) {
        return outbox.add("post", lane, key, "payload of " + key);
    }

    private OutboxMessage find(String key) {
        return outbox.find("post", key).orElseThrow();
    }

    private void awaitIdle() {
        outbox.wake();
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(outbox::idle);
    }

    private void advance(Duration duration) {
        clock.advance(duration);
        awaitIdle();
    }

    @AfterEach
    void close() {
        outbox.close();
    }

    @Test
    void an_outbox_that_is_not_used_writes_no_file() {
        open(OPTIONS).work();
        assertThat(outbox.find("post", "1")).isEmpty();
        assertThat(outbox.view().counts()).isEqualTo(OutboxCounts.NONE);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void the_number_of_the_attempt_is_on_disk_before_the_handler_is_called() {
        List<Integer> onDisk = new CopyOnWriteArrayList<>();
        handler(message -> {
            try (OutboxView view = OutboxView.open(folder)) {
                onDisk.add(view.find(message.sequence()).orElseThrow().message().attempts());
            }
            assertThat(onDisk).hasSize(message.attempts() + 1);
            return message.attempts() < 2 ? later() : delivered();
        });
        open(OPTIONS).work();
        OutboxMessage _ = add("a", "1");
        awaitIdle();
        advance(Duration.ofHours(1));
        advance(Duration.ofHours(1));
        assertThat(onDisk).containsExactly(1, 2, 3);
        assertThat(find("1").state()).isEqualTo(State.DELIVERED);
    }

    @Test
    void what_waits_is_delivered_by_the_next_process_with_all_that_is_known_of_it() {
        ScriptedHandler handler = handler().then("1", later());
        open(OPTIONS).work();
        OutboxMessage added = add("a", "1");
        awaitIdle();
        outbox.close();
        open(OPTIONS).work();
        assertThat(find("1").note()).isEqualTo("away");
        awaitIdle();
        assertThat(handler.begun()).containsExactly("1#0");
        advance(Duration.ofSeconds(1));
        assertThat(handler.begun()).containsExactly("1#0", "1#1");
        assertThat(add("a", "1").sequence()).isEqualTo(added.sequence());
        assertThat(add("a", "2").sequence()).isGreaterThan(added.sequence());
    }

    @Test
    void pauses_double_with_each_attempt_up_to_the_longest() {
        AtomicInteger attempts = new AtomicInteger();
        handler(message -> {
            attempts.incrementAndGet();
            return later();
        });
        open(OPTIONS).work();
        OutboxMessage message = add("a", "1");
        awaitIdle();
        List<Duration> pauses = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            assertThat(attempts).hasValue(i);
            Duration pause = Duration.between(
                    clock.instant(),
                    outbox.view().find(message.sequence()).orElseThrow().dueAt());
            pauses.add(pause);
            advance(pause.minusMillis(1));
            assertThat(attempts).hasValue(i);
            advance(Duration.ofMillis(1));
        }
        for (int i = 0; i < pauses.size(); i++) {
            long longest = Math.min(300_000, 1000L << i);
            assertThat(pauses.get(i).toMillis()).as("pause %d", i).isBetween(longest / 2, longest);
        }
        assertThat(pauses).doesNotHaveDuplicates();
    }

    @Test
    void who_asks_to_wait_is_left_alone_that_long() {
        ScriptedHandler handler = handler().then("1", new Delivery.Later("busy", Optional.of(Duration.ofMinutes(10))));
        open(OPTIONS).work();
        OutboxMessage _ = add("a", "1");
        awaitIdle();
        advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(handler.begun()).containsExactly("1#0");
        advance(Duration.ofMinutes(1));
        assertThat(handler.begun()).containsExactly("1#0", "1#1");
    }

    @Test
    void absurd_wishes_to_wait_end_after_a_day() {
        ScriptedHandler handler =
                handler().then("1", new Delivery.Later("busy", Optional.of(Duration.ofDays(100_000))));
        open(OPTIONS).work();
        OutboxMessage _ = add("a", "1");
        awaitIdle();
        advance(Duration.ofHours(27));
        assertThat(handler.arrived()).containsExactly("1");
    }

    @Test
    void once_one_gets_through_the_others_need_not_wait_out_their_pauses() {
        AtomicInteger away = new AtomicInteger(1);
        List<String> arrived = new CopyOnWriteArrayList<>();
        handler(message -> {
            if (away.get() == 1) {
                return later();
            }
            arrived.add(message.key());
            return delivered();
        });
        open(OPTIONS).work();
        for (int i = 0; i < 50; i++) {
            OutboxMessage _ = add("lane " + i, "key " + i);
        }
        for (int i = 0; i < 12; i++) {
            advance(Duration.ofMinutes(6));
        }
        away.set(0);
        outbox.retry(find("key 7").sequence());
        awaitIdle();
        assertThat(arrived).hasSize(50).startsWith("key 7");
    }

    @Test
    void lanes_go_on_side_by_side_but_only_so_many_at_once() throws Exception {
        Semaphore gate = new Semaphore(0);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        handler(message -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            gate.acquireUninterruptibly();
            running.decrementAndGet();
            return delivered();
        });
        open(OPTIONS.withDeliveriesAtOnce(4)).work();
        for (int i = 0; i < 20; i++) {
            OutboxMessage _ = add("lane " + i % 10, "key " + i);
        }
        await().until(() -> gate.getQueueLength() == 4);
        gate.release(20);
        awaitIdle();
        assertThat(most).hasValue(4);
        assertThat(outbox.view().counts().delivered()).isEqualTo(20);
    }

    @Test
    void a_receiver_that_hangs_keeps_no_other_topic_waiting() {
        Semaphore gate = new Semaphore(0);
        handler(message -> {
            gate.acquireUninterruptibly();
            return delivered();
        });
        ScriptedHandler other = new ScriptedHandler("other");
        handlers.put("other", other);
        open(OPTIONS.withDeliveriesAtOnce(1)).work();
        OutboxMessage _ = add("a", "1");
        await().until(gate::hasQueuedThreads);
        OutboxMessage _ = outbox.add("other", "a", "2", "{}");
        await().until(() -> other.arrived().contains("2"));
        gate.release();
        awaitIdle();
    }

    @Test
    void a_delivery_that_takes_too_long_is_interrupted_and_tried_again() {
        handler(message -> {
            if (message.attempts() == 0) {
                hang();
            }
            return delivered();
        });
        open(OPTIONS.withDeliveryLimit(Duration.ofMillis(100))).work();
        OutboxMessage _ = add("a", "1");
        await().until(() -> find("1").note().startsWith("took longer"));
        advance(Duration.ofSeconds(1));
        assertThat(find("1").state()).isEqualTo(State.DELIVERED);
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted");
        }
    }

    @Test
    void closing_interrupts_a_delivery_that_does_not_end() {
        CountDownLatch begun = new CountDownLatch(1);
        handler(message -> {
            begun.countDown();
            hang();
            return delivered();
        });
        open(OPTIONS).work();
        OutboxMessage _ = add("a", "1");
        await().until(() -> begun.getCount() == 0);
        outbox.close();
        open(OPTIONS);
        assertThat(find("1").state()).isEqualTo(State.WAITING);
        assertThat(find("1").attempts()).isEqualTo(1);
    }

    @Test
    void messages_of_a_plugin_that_is_not_loaded_wait_for_it() {
        open(OPTIONS).work();
        OutboxMessage _ = add("a", "1");
        OutboxMessage _ = add("a", "2");
        awaitIdle();
        assertThat(find("1").attempts()).isZero();
        ScriptedHandler handler = handler();
        awaitIdle();
        assertThat(handler.arrived()).containsExactly("1", "2");
    }

    @Test
    void concurrent_callers_keep_the_order_of_their_lanes() throws Exception {
        ScriptedHandler handler = handler();
        open(OPTIONS).work();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> adding = new ArrayList<>();
            for (int lane = 0; lane < 20; lane++) {
                String name = "lane " + lane;
                adding.add(threads.submit(() -> IntStream.range(0, 50).forEach(i -> add(name, name + "/" + i))));
            }
            for (Future<?> each : adding) {
                each.get(30, TimeUnit.SECONDS);
            }
        }
        awaitIdle();
        assertThat(handler.arrived()).hasSize(1000).doesNotHaveDuplicates();
        for (int lane = 0; lane < 20; lane++) {
            String name = "lane " + lane + "/";
            assertThat(handler.arrived().stream().filter(key -> key.startsWith(name)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 50).mapToObj(i -> name + i).toList());
        }
    }

    @Test
    void the_same_message_added_by_many_at_once_arrives_once() throws Exception {
        ScriptedHandler handler = handler();
        open(OPTIONS).work();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                threads.submit(() -> add("a", "1"));
            }
        }
        awaitIdle();
        assertThat(handler.begun()).containsExactly("1#0");
        assertThat(outbox.view().counts().delivered()).isEqualTo(1);
    }

    @Test
    void a_person_can_try_a_conflict_again_or_give_it_up() {
        ScriptedHandler handler = handler()
                .then("1", new Delivery.Conflict("differs"))
                .then("1", new Delivery.Conflict("still differs"))
                .then("1", new Delivery.Conflict("and still"));
        open(OPTIONS).work();
        long first = add("a", "1").sequence();
        OutboxMessage _ = add("a", "2");
        awaitIdle();
        outbox.retry(first);
        awaitIdle();
        assertThat(find("1").note()).isEqualTo("still differs");
        outbox.close();
        open(OPTIONS).work();
        awaitIdle();
        assertThat(handler.begun()).containsExactly("1#0", "1#1");
        outbox.discard(first);
        awaitIdle();
        assertThat(find("1").state()).isEqualTo(State.DISCARDED);
        assertThat(find("1").note()).contains("by hand", "still differs");
        assertThat(handler.arrived()).containsExactly("2");
        Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> outbox.retry(first));
        Failures.assertFails(
                ErrorCode.INVALID_REQUEST, () -> outbox.discard(find("2").sequence()));
        Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> outbox.retry(99));
    }

    @Test
    void a_message_that_is_being_delivered_cannot_be_given_up() {
        Semaphore gate = new Semaphore(0);
        handler(message -> {
            gate.acquireUninterruptibly();
            return delivered();
        });
        open(OPTIONS).work();
        long sequence = add("a", "1").sequence();
        await().until(gate::hasQueuedThreads);
        assertThatThrownBy(() -> outbox.discard(sequence)).hasMessageContaining("A delivery runs");
        gate.release();
        awaitIdle();
        assertThat(find("1").state()).isEqualTo(State.DELIVERED);
    }

    @Test
    void a_full_outbox_says_so_and_takes_messages_again_once_some_are_delivered() {
        open(OPTIONS.withRoom(3, 1000)).work();
        OutboxMessage first = add("a", "1");
        OutboxMessage _ = outbox.add("post", "a", "2", "x".repeat(500));
        OutboxMessage _ = add("b", "3");
        OpenClawException failure = Failures.assertFails(ErrorCode.INTERNAL, () -> add("a", "4"));
        assertThat(failure).hasMessageContaining("outbox is full").hasMessageContaining("outbox-messages");
        assertThat(add("a", "1")).isEqualTo(first);
        outbox.close();
        open(OPTIONS.withRoom(3, 1000)).work();
        Failures.assertFails(ErrorCode.INTERNAL, () -> add("a", "4"));
        ScriptedHandler handler = handler();
        awaitIdle();
        Failures.assertFails(ErrorCode.INTERNAL, () -> outbox.add("post", "a", "5", "é".repeat(501)));
        for (int i = 6; i < 30; i++) {
            OutboxMessage _ = outbox.add("post", "a", "key " + i, "é".repeat(500));
            awaitIdle();
        }
        assertThat(handler.arrived()).hasSize(27);
    }

    @Test
    void delivered_messages_are_forgotten_after_a_month_and_their_sequences_are_not_used_again() {
        ScriptedHandler handler = handler().then("conflict", new Delivery.Conflict("no"));
        open(OPTIONS).work();
        OutboxMessage _ = add("other", "conflict");
        long last = 0;
        for (int i = 0; i < 1200; i++) {
            last = add("lane " + i, "key " + i).sequence();
        }
        awaitIdle();
        advance(Duration.ofDays(29));
        assertThat(outbox.view().counts().delivered()).isEqualTo(1200);
        advance(Duration.ofDays(2));
        await().until(() -> outbox.view().counts().delivered() == 0);
        assertThat(outbox.find("post", "key 1")).isEmpty();
        assertThat(find("conflict").state()).isEqualTo(State.CONFLICT);
        outbox.close();
        open(OPTIONS).work();
        assertThat(add("a", "key 1").sequence()).isGreaterThan(last);
        assertThat(handler.arrived()).hasSizeGreaterThanOrEqualTo(1200);
    }

    @Test
    void a_full_disk_refuses_messages_loses_none_and_keeps_nothing_from_being_delivered() {
        List<String> taken = new ArrayList<>();
        List<String> arrived = new CopyOnWriteArrayList<>();
        handler(message -> {
            arrived.add(message.key());
            return delivered();
        });
        Store store = Store.open(folder.resolve(HostOutbox.FILE), OutboxTable.MIGRATIONS, 60);
        Deliveries deliveries = new Deliveries(
                topic -> Optional.ofNullable(handlers.get(topic)),
                OPTIONS.deliveryLimit(),
                new Backoff(OPTIONS, new Random(1)));
        try (OpenOutbox full = new OpenOutbox(store, OPTIONS, deliveries, clock)) {
            OpenClawException failure = null;
            while (failure == null) {
                String key = "key " + taken.size();
                try {
                    OutboxMessage _ = full.add(new LaneName("post", "lane"), key, "x".repeat(2000));
                    taken.add(key);
                } catch (OpenClawException e) {
                    failure = e;
                }
            }
            assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
            assertThat(failure).hasMessageContaining("disk of").hasMessageContaining("full");
            assertThat(taken).hasSizeGreaterThan(10);
        }
        open(OPTIONS).work();
        awaitIdle();
        assertThat(arrived).containsExactlyElementsOf(taken);
    }

    @Test
    void a_damaged_file_is_told_to_callers_and_nothing_else_breaks() throws IOException {
        Files.writeString(folder.resolve(HostOutbox.FILE), "no database ".repeat(500));
        open(OPTIONS).work();
        OpenClawException failure = Failures.assertFails(ErrorCode.INTERNAL, () -> add("a", "1"));
        assertThat(failure).hasMessageContaining("is damaged");
        Failures.assertFails(ErrorCode.INTERNAL, () -> outbox.find("post", "1"));
    }

    @Test
    void a_clock_that_was_set_back_makes_nothing_wait_for_years() {
        ScriptedHandler handler = handler().then("1", later());
        clock.advance(Duration.ofDays(3650));
        open(OPTIONS).work();
        OutboxMessage _ = add("a", "1");
        awaitIdle();
        outbox.close();
        clock.advance(Duration.ofDays(-3650));
        open(OPTIONS).work();
        advance(Duration.ofHours(25));
        assertThat(handler.arrived()).containsExactly("1");
    }

    @Test
    void after_closing_nothing_is_taken() {
        open(OPTIONS).close();
        Failures.assertFails(ErrorCode.INTERNAL, () -> add("a", "1"));
    }
}
