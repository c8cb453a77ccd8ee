package io.aitbc.openclaw.host.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StoreTest {
    private static final List<Migration> SCHEMA = List.of(
            new Migration(1, List.of("CREATE TABLE notes (id BIGINT NOT NULL PRIMARY KEY, text TEXT NOT NULL)")));

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("host.db");
    }

    private static boolean insert(Connection connection, long id, String text) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO notes (id, text) VALUES (?, ?)")) {
            insert.setLong(1, id);
            insert.setString(2, text);
            return insert.executeUpdate() == 1;
        }
    }

    private static boolean add(Store store, long id, String text) {
        return store.write(connection -> insert(connection, id, text));
    }

    private static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM notes")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void what_was_written_is_there_after_the_file_is_opened_again() {
        try (Store store = Store.open(file(), SCHEMA)) {
            assertThat(add(store, 1, "one")).isTrue();
            assertThat(store.<Long>read(StoreTest::count)).isEqualTo(1);
        }
        try (Store store = Store.open(file(), SCHEMA)) {
            assertThat(store.<Long>read(StoreTest::count)).isEqualTo(1);
        }
    }

    @Test
    void the_file_is_for_its_owner_only_even_if_it_was_not_before() throws IOException {
        Files.createFile(file());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));
        try (Store store = Store.open(file(), SCHEMA)) {
            boolean _ = add(store, 1, "secret");
            try (var files = Files.list(folder)) {
                assertThat(files)
                        .isNotEmpty()
                        .allSatisfy(
                                path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void commits_are_synced_to_disk_and_readers_do_not_wait_for_writers() {
        try (Store store = Store.open(file(), SCHEMA)) {
            assertThat(pragma(store, "synchronous")).isEqualTo("2");
            assertThat(pragma(store, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(store, "foreign_keys")).isEqualTo("1");
            long seen = store.write(connection -> {
                boolean _ = insert(connection, 1, "one");
                return store.read(StoreTest::count);
            });
            assertThat(seen).isZero();
        }
    }

    private static String pragma(Store store, String name) {
        return store.write(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("PRAGMA " + name)) {
                return rows.getString(1);
            }
        });
    }

    @Test
    void folders_with_odd_names_work() throws IOException {
        Path odd = Files.createDirectory(folder.resolve("a b?mode=ro#c%20é"));
        try (Store store = Store.open(odd.resolve("host.db"), SCHEMA)) {
            assertThat(add(store, 1, "one")).isTrue();
        }
        assertThat(odd.resolve("host.db")).exists();
    }

    @Test
    void callers_that_wait_at_the_same_time_share_a_commit() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Queue<Long> seen = new ConcurrentLinkedQueue<>();
        try (Store store = Store.open(file(), SCHEMA);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> writes = new ArrayList<>();
            CountDownLatch begun = new CountDownLatch(1);
            writes.add(threads.submit(() -> store.write(connection -> {
                begun.countDown();
                awaitGate(gate);
                return insert(connection, 0, "first");
            })));
            begun.await();
            CountDownLatch queued = new CountDownLatch(20);
            for (int i = 1; i <= 20; i++) {
                long id = i;
                writes.add(threads.submit(() -> {
                    queued.countDown();
                    return store.write(
                            connection -> insert(connection, id, "text"), _ -> seen.add(store.read(StoreTest::count)));
                }));
            }
            queued.await();
            gate.countDown();
            for (Future<Boolean> write : writes) {
                assertThat(write.get(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(store.<Long>read(StoreTest::count)).isEqualTo(21);
        }
        // What a caller sees when he is told: the others of his group are there too.
        assertThat(seen.stream().distinct().count()).isLessThan(10);
    }

    private static void awaitGate(CountDownLatch gate) {
        Awaitility.await().until(() -> gate.getCount() == 0);
    }

    @Test
    void one_that_fails_takes_nobody_with_it() throws Exception {
        try (Store store = Store.open(file(), SCHEMA);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> writes = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                long id = i / 2;
                writes.add(threads.submit(() -> add(store, id, "text")));
            }
            int failures = 0;
            for (Future<Boolean> write : writes) {
                try {
                    assertThat(write.get(10, TimeUnit.SECONDS)).isTrue();
                } catch (java.util.concurrent.ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(OpenClawException.class);
                    failures++;
                }
            }
            assertThat(failures).isEqualTo(25);
            assertThat(store.<Long>read(StoreTest::count)).isEqualTo(25);
        }
    }

    @Test
    void even_an_error_of_a_caller_leaves_the_store_at_work() {
        try (Store store = Store.open(file(), SCHEMA)) {
            assertThatThrownBy(() -> store.write(connection -> {
                        boolean _ = insert(connection, 1, "half");
                        throw new StackOverflowError();
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(store.<Long>write(StoreTest::count)).isZero();
        }
    }

    @Test
    void a_file_that_is_no_database_is_called_damaged_with_what_to_do() throws IOException {
        Files.writeString(file(), "this is no database at all, whoever wrote it ".repeat(100));
        assertDamaged();
    }

    @Test
    void a_damaged_page_is_found_on_opening() throws IOException {
        try (Store store = Store.open(file(), SCHEMA)) {
            for (int i = 0; i < 200; i++) {
                long id = i;
                boolean _ = add(store, id, "x".repeat(500));
            }
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            bytes.seek(bytes.length() / 2);
            bytes.write(new byte[8192]);
        }
        assertDamaged();
    }

    private void assertDamaged() {
        assertThatThrownBy(() -> Store.open(file(), SCHEMA))
                .isInstanceOfSatisfying(
                        OpenClawException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL))
                .hasMessageContaining(file() + " is damaged")
                .hasMessageContaining("put back a copy")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void a_full_disk_is_told_and_loses_nothing_that_was_acknowledged() {
        long acknowledged = 0;
        try (Store store = Store.open(file(), SCHEMA, 40)) {
            OpenClawException failure = null;
            while (failure == null) {
                long id = acknowledged;
                try {
                    boolean _ = add(store, id, "x".repeat(3000));
                    acknowledged++;
                } catch (OpenClawException e) {
                    failure = e;
                }
            }
            assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
            assertThat(failure).hasMessageContaining("full").hasMessageContaining("free some space");
            assertThat(acknowledged).isGreaterThan(5);
            assertThat(store.<Long>read(StoreTest::count)).isEqualTo(acknowledged);
            int _ = store.write(StoreTest::deleteAll);
            assertThat(add(store, 0, "room again")).isTrue();
        }
        try (Store store = Store.open(file(), SCHEMA)) {
            assertThat(store.<Long>read(StoreTest::count)).isEqualTo(1);
        }
    }

    private static int deleteAll(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("DELETE FROM notes");
        }
    }

    @Test
    void newer_schemas_are_reached_step_by_step_and_those_of_newer_hosts_are_refused() {
        Store.open(file(), SCHEMA).close();
        List<Migration> newer = List.of(
                SCHEMA.getFirst(),
                new Migration(2, List.of("ALTER TABLE notes ADD COLUMN colour TEXT")),
                new Migration(3, List.of("UPDATE notes SET colour = 'red'")));
        try (Store store = Store.open(file(), newer)) {
            assertThat(add(store, 1, "one")).isTrue();
        }
        assertThatThrownBy(() -> Store.open(file(), SCHEMA))
                .isInstanceOfSatisfying(
                        OpenClawException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIG))
                .hasMessageContaining("schema 3, this one knows 1");
    }

    @Test
    void a_migration_that_fails_leaves_the_file_as_it_was() {
        Store.open(file(), SCHEMA).close();
        List<Migration> broken = List.of(
                SCHEMA.getFirst(),
                new Migration(2, List.of("ALTER TABLE notes ADD COLUMN colour TEXT", "SELECT nonsense FROM nowhere")));
        assertThatThrownBy(() -> Store.open(file(), broken)).isInstanceOf(OpenClawException.class);
        try (Store store = Store.open(file(), SCHEMA)) {
            assertThat(add(store, 1, "one")).isTrue();
        }
    }

    @Test
    void others_can_read_while_a_store_is_open_and_after_it_was_closed() {
        try (Store store = Store.open(file(), SCHEMA);
                StoreReader reader = StoreReader.open(file())) {
            assertThat(reader.<Long>read(StoreTest::count)).isZero();
            boolean _ = add(store, 1, "one");
            assertThat(reader.<Long>read(StoreTest::count)).isEqualTo(1);
            assertThatThrownBy(() -> reader.read(connection -> insert(connection, 2, "two")))
                    .isInstanceOf(OpenClawException.class);
        }
        try (StoreReader reader = StoreReader.open(file())) {
            assertThat(reader.<Long>read(StoreTest::count)).isEqualTo(1);
        }
    }

    @Test
    void a_closed_store_says_so() {
        Store store = Store.open(file(), SCHEMA);
        store.close();
        store.close();
        assertThatThrownBy(() -> store.write(StoreTest::count)).hasMessageContaining("is closed");
    }

    @Test
    void an_interrupt_does_not_leave_the_caller_in_doubt() {
        try (Store store = Store.open(file(), SCHEMA)) {
            Thread.currentThread().interrupt();
            assertThat(add(store, 1, "one")).isTrue();
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
