package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.host.plugins.FolderChanges.Again;
import io.aitbc.openclaw.host.plugins.FolderChanges.Arrived;
import io.aitbc.openclaw.host.plugins.FolderChanges.Gone;
import io.aitbc.openclaw.host.trust.Permissions;
import io.aitbc.openclaw.host.trust.PluginSignature;
import io.aitbc.openclaw.host.trust.PluginStatement;
import io.aitbc.openclaw.host.trust.SigningKey;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FolderChangesTest {
    @TempDir
    Path folder;

    private Path plugins;
    private Path keys;
    private FolderChanges changes;

    @BeforeEach
    void prepare() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        keys = folder.resolve("keys.json");
        changes = new FolderChanges(plugins, List.of(keys));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(plugins.resolve(name), text);
    }

    private static Arrived arrived(Path file) throws IOException {
        return new Arrived(file, Sha256.of(file));
    }

    private List<FolderChanges.Change> look() {
        return changes.look(false);
    }

    private Path known(String name) throws IOException {
        Path file = write(name, "known");
        assertThat(look()).isEmpty();
        assertThat(look()).containsExactly(arrived(file));
        return file;
    }

    @Test
    void a_file_arrives_once_two_looks_find_the_same() throws IOException {
        Path file = write("a.jar", "1");
        assertThat(look()).isEmpty();
        assertThat(changes.unsettled()).isTrue();
        write("a.jar", "12");
        assertThat(look()).isEmpty();
        write("a.jar", "123");
        assertThat(look()).isEmpty();
        assertThat(look()).containsExactly(arrived(file));
        assertThat(changes.unsettled()).isFalse();
        assertThat(look()).isEmpty();
    }

    @Test
    void only_jars_and_zips_without_a_leading_dot_count() throws IOException {
        write(".a.jar", "1");
        write("a.jar.part", "1");
        write("a.txt", "1");
        Files.createDirectory(plugins.resolve("b.jar"));
        Path zip = write("c.zip", "1");
        assertThat(look()).isEmpty();
        assertThat(look()).containsExactly(arrived(zip));
    }

    @Test
    void a_file_that_is_touched_but_has_the_same_bytes_is_no_change() throws IOException {
        Path file = known("a.jar");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        assertThat(look()).isEmpty();
        assertThat(look()).isEmpty();
        assertThat(changes.unsettled()).isFalse();
    }

    @Test
    void other_bytes_behind_the_same_size_and_time_are_found_by_a_thorough_look() throws IOException {
        Path file = known("a.jar");
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "KNOWN");
        Files.setLastModifiedTime(file, time);
        assertThat(look()).isEmpty();
        assertThat(changes.look(true)).containsExactly(arrived(file));
    }

    @Test
    void a_rename_over_an_existing_file_is_an_arrival() throws IOException {
        Path file = known("a.jar");
        Files.move(write(".draft", "newer"), file, StandardCopyOption.ATOMIC_MOVE);
        assertThat(look()).isEmpty();
        assertThat(look()).containsExactly(arrived(file));
    }

    @Test
    void a_file_is_gone_when_two_looks_miss_it() throws IOException {
        Path file = known("a.jar");
        Files.delete(file);
        assertThat(look()).isEmpty();
        assertThat(changes.unsettled()).isTrue();
        assertThat(look()).containsExactly(new Gone(file));
        assertThat(changes.unsettled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void of_several_files_the_one_that_was_deleted_is_gone(int which) throws IOException {
        for (int i = 1; i <= 7; i++) {
            write(i + ".jar", "file " + i);
        }
        assertThat(look()).isEmpty();
        assertThat(look()).hasSize(7);
        Path file = plugins.resolve(which + ".jar");
        Files.delete(file);
        assertThat(look()).isEmpty();
        assertThat(look()).containsExactly(new Gone(file));
        assertThat(look()).isEmpty();
        assertThat(changes.unsettled()).isFalse();
    }

    @Test
    void a_file_that_was_loaded_and_deleted_before_the_first_look_is_gone() throws IOException {
        Path there = write("there.jar", "1");
        Path gone = plugins.resolve("gone.jar");
        changes.expect(List.of(there, gone, folder.resolve("elsewhere.jar")));
        assertThat(look()).isEmpty();
        assertThat(look()).containsExactly(arrived(there), new Gone(gone));
        assertThat(look()).isEmpty();
    }

    @Test
    void a_file_that_is_deleted_and_written_again_is_not_gone() throws IOException {
        Path file = known("a.jar");
        Files.delete(file);
        assertThat(look()).isEmpty();
        write("a.jar", "known");
        assertThat(look()).isEmpty();
        assertThat(look()).isEmpty();
        assertThat(look()).isEmpty();
        assertThat(file).exists();
    }

    @Test
    void a_renamed_file_arrives_before_its_old_name_is_gone() throws IOException {
        Path old = known("a.jar");
        Path renamed = plugins.resolve("b.jar");
        Files.move(old, renamed);
        assertThat(look()).isEmpty();
        assertThat(look()).containsExactly(arrived(renamed), new Gone(old));
    }

    @Test
    void files_of_any_size_are_told_of_once_without_being_read() throws IOException {
        Path file = sparse("a.jar");
        Path honest = write("b.jar", "1");
        Path signature = sparse("b.jar.sig");
        assertThat(look()).isEmpty();
        assertThat(look()).containsExactly(new Arrived(file, FolderChanges.UNREAD), arrived(honest));
        assertThat(changes.look(true)).isEmpty();
        assertThat(changes.unsettled()).isFalse();
        Files.delete(signature);
        write("a.jar", "now it is small");
        assertThat(look()).isEmpty();
        assertThat(look()).containsExactly(arrived(file), arrived(honest));
    }

    /** So large that hashing it takes longer than a test may. */
    private Path sparse(String name) throws IOException {
        Path file = plugins.resolve(name);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(1L << 40);
        }
        return file;
    }

    @Test
    void a_signature_that_comes_later_makes_the_file_arrive_again() throws IOException {
        Path file = known("a.jar");
        write("a.jar.sig", "signature");
        assertThat(look()).isEmpty();
        assertThat(look()).containsExactly(arrived(file));
    }

    @Test
    void a_file_that_is_what_its_signature_is_for_arrives_at_the_first_look() throws IOException {
        Path file = known("a.jar");
        sign("newer", PluginSignature.fileOf(file));
        assertThat(look()).isEmpty();
        write("a.jar", "new");
        assertThat(look()).as("half of it").isEmpty();
        write("a.jar", "newer");
        assertThat(look()).containsExactly(arrived(file));
        assertThat(changes.unsettled()).isFalse();
        assertThat(look()).isEmpty();
    }

    @Test
    void the_next_signature_shows_a_file_to_be_whole_as_well() throws IOException {
        Path file = known("a.jar");
        sign("newer", PluginSignature.nextFileOf(file));
        write("a.jar", "newer");
        assertThat(look()).containsExactly(arrived(file));
    }

    @Test
    void a_signature_of_other_bytes_makes_a_file_wait_for_the_second_look() throws IOException {
        Path file = write("a.jar", "1");
        sign("2", PluginSignature.fileOf(file));
        assertThat(look()).isEmpty();
        assertThat(look()).containsExactly(arrived(file));
    }

    @Test
    void a_glance_tells_of_whole_files_only_and_is_none_of_two_looks() throws IOException {
        Path unsigned = write("a.jar", "1");
        assertThat(changes.glance()).isEmpty();
        assertThat(look()).isEmpty();
        assertThat(changes.glance()).isEmpty();
        write("a.jar", "12");
        assertThat(changes.glance()).isEmpty();
        assertThat(look()).isEmpty();

        Path signed = write("b.jar", "2");
        sign("2", PluginSignature.fileOf(signed));
        assertThat(changes.glance()).containsExactly(arrived(signed));
        assertThat(changes.glance()).isEmpty();
        assertThat(look()).containsExactly(arrived(unsigned));
    }

    private void sign(String bytes, Path target) throws IOException {
        SigningKey key = SigningKey.generate(new SecureRandom());
        String sha256 = Sha256.of(Files.writeString(folder.resolve("signed"), bytes));
        PluginStatement statement = new PluginStatement(sha256, "a", "1.0.0", "", Permissions.none());
        PluginSignature.sign(statement, key).write(folder.resolve("signed"));
        Path _ = Files.move(
                PluginSignature.fileOf(folder.resolve("signed")), target, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void a_change_of_what_is_trusted_makes_all_files_arrive_again() throws IOException {
        Path file = known("a.jar");
        Files.writeString(keys, "{}");
        assertThat(look()).containsExactly(new Again(file, Sha256.of(file)));
        assertThat(look()).isEmpty();
    }

    @Test
    void a_file_that_is_to_count_as_new_again_is_told_of_once() throws IOException {
        Path file = known("a.jar");
        changes.forget(file);
        changes.forget(plugins.resolve("unknown.jar"));
        assertThat(changes.look(true)).containsExactly(new Again(file, Sha256.of(file)));
        assertThat(changes.look(true)).isEmpty();
    }

    @Test
    void a_folder_that_comes_later_is_looked_at() throws IOException {
        FolderChanges late = new FolderChanges(folder.resolve("late"), List.of());
        assertThat(late.look(false)).isEmpty();
        assertThat(late.unsettled()).isFalse();
        Path file =
                Files.writeString(Files.createDirectory(folder.resolve("late")).resolve("a.jar"), "1");
        assertThat(late.look(false)).isEmpty();
        assertThat(late.look(false)).containsExactly(arrived(file));
    }

    @Test
    void a_folder_that_is_gone_says_nothing_about_its_files_until_it_is_back() throws IOException {
        Path kept = known("a.jar");
        Path deleted = known("b.jar");
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(plugins, elsewhere);
        assertThat(look()).isEmpty();
        assertThat(look()).isEmpty();
        assertThat(changes.unsettled()).as("looked for soon").isTrue();

        Files.delete(elsewhere.resolve("b.jar"));
        Files.move(elsewhere, plugins);
        assertThat(look()).isEmpty();
        assertThat(look()).containsExactly(new Gone(deleted));
        assertThat(changes.unsettled()).isFalse();
        assertThat(kept).exists();
    }
}
