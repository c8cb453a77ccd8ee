package io.aitbc.openclaw.host.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryIndexTest {
    private static final String GOOD = """
            {"format":1,"later":true,"plugins":[{"id":"zk","version":"1.2.3","api":">=0.1.0 & <1.0.0","prerelease":false,
             "description":"Checks","file":"zk-1.2.3.zip","size":1234,"sha256":"%s","signature":"zk-1.2.3.zip.sig",
             "permissions":["network:example.org"],"unknown":{"a":[1]}}]}""".formatted("0a".repeat(32));

    @TempDir
    private Path folder;

    private static RepositoryIndex read(String text) {
        return RepositoryIndex.read(text.getBytes(StandardCharsets.UTF_8), "there");
    }

    @Test
    void an_index_is_read_and_what_it_does_not_know_is_ignored() {
        Release release = read(GOOD).releases().getFirst();

        assertThat(release)
                .isEqualTo(new Release(
                        "zk",
                        "1.2.3",
                        Optional.of(">=0.1.0 & <1.0.0"),
                        "zk-1.2.3.zip",
                        1234,
                        "0a".repeat(32),
                        Optional.of("zk-1.2.3.zip.sig"),
                        List.of("network:example.org"),
                        "Checks"));
        assertThat(release.prerelease()).isFalse();
    }

    @Test
    void the_same_releases_give_the_same_bytes_in_any_order_and_are_read_back() {
        List<Release> releases = new ArrayList<>();
        for (String version : List.of("1.2.0", "1.10.0", "1.10.0-rc.1", "0.9.0")) {
            releases.add(release("zk", version));
            releases.add(release("another", version));
        }
        byte[] bytes = new RepositoryIndex(releases).bytes();
        Collections.shuffle(releases, new Random(4));

        assertThat(new RepositoryIndex(releases).bytes()).isEqualTo(bytes);
        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .doesNotContain("\r")
                .contains("\"prerelease\" : true");
        RepositoryIndex back = RepositoryIndex.read(bytes, "there");
        assertThat(back.releases()).hasSameElementsAs(releases);
        assertThat(back.of("zk").stream().map(Release::version))
                .containsExactly("1.10.0", "1.10.0-rc.1", "1.2.0", "0.9.0");
    }

    private static Release release(String id, String version) {
        return new Release(
                id,
                version,
                Optional.empty(),
                id + "-" + version + ".jar",
                7,
                "ab".repeat(32),
                Optional.empty(),
                List.of(),
                "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    zk-1.2.3.zip"        | ../zk.zip"                 | file
                    zk-1.2.3.zip"        | /etc/zk.zip"               | file
                    zk-1.2.3.zip"        | a\\\\b.zip"                | file
                    zk-1.2.3.zip"        | %2e%2e%2fzk.zip"           | file
                    zk-1.2.3.zip"        | http://x/zk.zip"           | file
                    zk-1.2.3.zip"        | .zk.zip"                   | file
                    zk-1.2.3.zip"        | zk.sh"                     | file
                    zk-1.2.3.zip.sig     | ../../authorized_keys.sig  | signature
                    zk-1.2.3.zip.sig     | other.zip.sig              | signature
                    "id":"zk"            | "id":"../zk"               | id
                    "id":"zk"            | "id":"ZK"                  | id
                    "id":"zk"            | "name":"zk"                | id
                    1.2.3","api          | 1.2","api                  | version
                    1.2.3","api          | 1.2.99999999999999999999","api | version
                    1.2.3","api          | latest","api               | version
                    >=0.1.0 & <1.0.0     | >=0.1.0 &                  | api
                    "size":1234          | "size":0                   | size
                    "size":1234          | "size":-5                  | size
                    "size":1234          | "size":99999999999         | size
                    0a0a                 | 0a                         | sha256
                    0a0a                 | 0A0a                       | sha256
                    "prerelease":false   | "prerelease":true          | contradict
                    "format":1           | "format":2                 | format
                    "plugins":[{         | "plugins":{"a":{           | `Unexpected`
                    "later":true         | "format":1                 | Duplicate
                    """)
    void an_index_with_one_impossible_entry_is_refused_with_the_reason(String part, String by, String reason) {
        assertThat(GOOD).contains(part);
        String bad =
                GOOD.replaceFirst(java.util.regex.Pattern.quote(part), java.util.regex.Matcher.quoteReplacement(by));

        assertThatThrownBy(() -> read(bad))
                .isInstanceOfSatisfying(
                        OpenClawException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.MALFORMED_ANSWER))
                .hasMessageStartingWith("there is no usable plugin index")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "<html>", "{\"format\":1}", "{\"format\":1,\"plugins\":7}", "\u0000\u0001"})
    void what_is_no_index_at_all_is_refused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(OpenClawException.class);
    }

    @Test
    void the_same_version_twice_and_endless_nesting_are_refused() {
        String entry = GOOD.substring(GOOD.indexOf('[') + 1, GOOD.lastIndexOf(']'));

        assertThatThrownBy(() -> read("{\"format\":1,\"plugins\":[" + entry + "," + entry + "]}"))
                .hasMessageContaining("offers 1.2.3 twice");
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(OpenClawException.class);
    }

    @Test
    void damaged_bytes_never_do_more_than_be_refused() {
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        for (long seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            byte[] bad = good.clone();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(RepositoryIndex.read(bad, "seed " + seed).releases()).hasSizeLessThan(2);
            } catch (OpenClawException e) {
                assertThat(e.code()).as("seed " + seed).isEqualTo(ErrorCode.MALFORMED_ANSWER);
            }
        }
    }

    @Test
    void a_folder_becomes_a_repository_with_what_the_files_say_of_themselves() throws Exception {
        Path one =
                TestingArchive.of("zk", "1.0.0").permissions("spend network:*").in(folder);
        Path _ = TestingArchive.of("zk", "1.1.0-beta").in(folder);
        Files.writeString(folder.resolve("zk-1.0.0.jar.sig"), "{}");

        RepositoryIndex written = RepositoryFolder.index(folder);

        assertThat(written.of("zk")).hasSize(2);
        Release release = written.of("zk").getLast();
        assertThat(release.size()).isEqualTo(Files.size(one));
        assertThat(release.permissions()).containsExactly("network:*", "spend");
        assertThat(release.signature()).contains("zk-1.0.0.jar.sig");
        assertThat(written.of("zk").getFirst().prerelease()).isTrue();
        assertThat(folder.resolve("index.json")).hasBinaryContent(written.bytes());
    }

    @Test
    void what_is_added_is_named_after_its_version_and_never_changes() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path file = TestingArchive.of("zk", "1.0.0").at(elsewhere.resolve("zk.jar"));
        Files.writeString(elsewhere.resolve("zk.jar.sig"), "{}");

        RepositoryFolder.add(folder, file);
        RepositoryFolder.add(folder, file);
        Path other = TestingArchive.of("zk", "1.0.0").permissions("spend").at(file);

        assertThat(RepositoryFolder.index(folder).of("zk").getFirst().signature())
                .contains("zk-1.0.0.jar.sig");
        assertThatThrownBy(() -> RepositoryFolder.add(folder, other))
                .hasMessageContaining("a change needs a new version");
        Path nameless = Files.move(file, elsewhere.resolve("zk"));
        assertThatThrownBy(() -> RepositoryFolder.add(folder, nameless))
                .hasMessageContaining("zk cannot be added: its name has to end with .jar or .zip");
    }

    @Test
    void a_folder_with_a_file_that_could_not_be_offered_becomes_no_repository() throws Exception {
        Path _ = TestingArchive.of("zk", "1.0").in(folder);

        assertThatThrownBy(() -> RepositoryFolder.index(folder)).hasMessageContaining("version '1.0' cannot be right");
        assertThat(folder.resolve("index.json")).doesNotExist();
    }
}
