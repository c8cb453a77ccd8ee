package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginStoreTest {
    private static final ArchiveLimits LIMITS = new ArchiveLimits(10_000, 20, 4 << 20, 100);

    @TempDir
    Path folder;

    private PluginStore store;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    @BeforeEach
    void prepare() {
        store = new PluginStore(folder.resolve("generations"), LIMITS);
        entries.put("some-plugin-1.0.0.jar", bytes("the plugin"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private StagedPlugin stage(byte[] bytes) throws IOException, PluginLoadException {
        return store.stage(Files.write(folder.resolve("some.zip"), bytes), _ -> {});
    }

    private void assertRefused(String cause) {
        assertThatThrownBy(() -> stage(zip()))
                .isInstanceOf(PluginLoadException.class)
                .hasMessageContaining(cause);
        assertThat(folder.resolve("generations")).isEmptyDirectory();
    }

    @Test
    void a_jar_is_copied_under_its_hash_and_made_read_only() throws Exception {
        Path source = Files.writeString(folder.resolve("a.jar"), "not really a jar");
        StagedPlugin staged = store.stage(source, _ -> {});
        assertThat(staged.sha256()).isEqualTo(Sha256.of(source)).hasSize(64);
        assertThat(staged.jar()).hasContent("not really a jar");
        assertThat(staged.jar().getParent()).hasFileName(staged.sha256());
        assertThat(Files.getPosixFilePermissions(staged.jar()))
                .noneMatch(it -> it.name().endsWith("WRITE"));
        assertThat(staged.libraries()).isEmpty();
    }

    @Test
    void what_is_staged_already_is_not_copied_again() throws Exception {
        Path source = Files.writeString(folder.resolve("a.jar"), "not really a jar");
        Path first = store.stage(source, _ -> {}).jar();
        Object identity = Files.readAttributes(first, java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();
        Path second = store.stage(source, _ -> {}).jar();
        assertThat(Files.readAttributes(second, java.nio.file.attribute.BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(identity);
    }

    @Test
    void a_staged_file_that_was_changed_is_replaced() throws Exception {
        Path source = Files.writeString(folder.resolve("a.jar"), "not really a jar");
        Path staged = store.stage(source, _ -> {}).jar();
        assertThat(staged.toFile().setWritable(true)).isTrue();
        Files.writeString(staged, "something else");
        assertThat(store.stage(source, _ -> {}).jar()).hasContent("not really a jar");
        Files.writeString(staged.resolveSibling("extra.jar"), "smuggled in");
        assertThat(store.stage(source, _ -> {}).jar().resolveSibling("extra.jar"))
                .doesNotExist();
    }

    @Test
    void a_zip_gives_its_plugin_and_its_libraries() throws Exception {
        entries.put("LICENSE", bytes("licence"));
        entries.put("lib/b-2.jar", bytes("b"));
        entries.put("lib/a-1.jar", bytes("a"));
        StagedPlugin staged = stage(zip());
        assertThat(staged.jar()).hasContent("the plugin");
        assertThat(staged.libraries())
                .extracting(it -> it.getFileName().toString())
                .containsExactly("a-1.jar", "b-2.jar");
        assertThat(staged.jar().resolveSibling("LICENSE")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.jar",
                "lib/../../evil.jar",
                "/etc/evil.jar",
                "lib\\..\\evil.jar",
                "C:\\evil.jar",
                "lib/sub/evil.jar",
                "lib/evil.so",
                "classes/",
                "lib/.hidden.jar",
                "classes/Evil.class"
            })
    void an_entry_outside_the_layout_is_refused(String name) {
        entries.put(name, bytes("evil"));
        assertRefused("only files at the root and lib/*.jar are allowed");
        assertThat(folder.resolve("evil.jar")).doesNotExist();
    }

    @Test
    void entries_that_differ_in_letter_case_only_are_refused() {
        entries.put("lib/a.jar", bytes("a"));
        entries.put("lib/A.jar", bytes("b"));
        assertRefused("two entries named lib/A.jar");
    }

    @Test
    void two_plugins_or_none_are_refused() {
        entries.put("other.jar", bytes("a"));
        assertRefused("more than one jar at its root");
        entries.clear();
        entries.put("lib/a.jar", bytes("a"));
        assertRefused("no plugin jar at its root");
    }

    @Test
    void too_many_entries_are_refused() {
        for (int i = 0; i < 20; i++) {
            entries.put("lib/" + i + ".jar", bytes("a"));
        }
        assertRefused("more than 20 entries");
    }

    @Test
    void a_zip_bomb_is_refused() {
        entries.put("lib/bomb.jar", new byte[3 << 20]);
        assertRefused("more than 100 times its size");
        entries.put("lib/bomb.jar", new byte[5 << 20]);
        assertRefused("unpacks to more than");
    }

    @Test
    void a_source_that_is_too_large_is_refused() throws IOException {
        Path source = Files.write(folder.resolve("a.jar"), new byte[10_001]);
        assertThatThrownBy(() -> store.stage(source, _ -> {})).hasMessageContaining("larger than 10000 bytes");
    }

    @Test
    void a_damaged_zip_is_refused_or_unpacked_within_its_directory() throws IOException {
        entries.put("lib/a-1.jar", new byte[500]);
        entries.put("LICENSE", bytes("licence"));
        byte[] whole = zip();
        Random random = new Random(42);
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 1 + round % 4; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            if (round % 5 == 0) {
                damaged = java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            try {
                stage(damaged);
            } catch (PluginLoadException e) {
                refused++;
                assertThat(e.reason()).as("round %d", round).isNotBlank().doesNotContain("\n");
            }
        }
        assertThat(refused).isGreaterThan(50);
        try (var found = Files.list(folder)) {
            assertThat(found)
                    .extracting(it -> it.getFileName().toString())
                    .containsExactlyInAnyOrder("some.zip", "generations");
        }
    }
}
