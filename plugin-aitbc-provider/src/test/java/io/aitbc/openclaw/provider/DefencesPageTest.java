package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the documentation promises exists. */
class DefencesPageTest {
    private static final Path DOCS = Path.of("..", "docs");

    private static List<String[]> rows(String page, String start) throws IOException {
        return Files.readAllLines(DOCS.resolve(page)).stream()
                .filter(line -> line.matches(start))
                .map(line -> line.split("\\|"))
                .toList();
    }

    @Test
    void the_page_lists_the_eighteen_defects_and_a_test_for_each() throws IOException {
        List<String[]> rows = rows("defences.md", "\\| \\d+ \\|.*");
        List<String> tests = Arrays.stream(KnownDefectsTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .toList();

        assertThat(rows).extracting(row -> row[1].strip()).containsExactlyElementsOf(numbers("%d"));
        assertThat(rows).extracting(row -> row[4].strip().replace("`", "")).containsExactlyInAnyOrderElementsOf(tests);
        assertThat(tests)
                .extracting(name -> name.substring(0, 9))
                .containsExactlyInAnyOrderElementsOf(numbers("defect_%02d"));
    }

    private static List<String> numbers(String format) {
        return IntStream.rangeClosed(1, 18).mapToObj(format::formatted).toList();
    }

    @Test
    void every_setting_of_the_pages_is_known_and_every_known_one_is_on_a_page() throws IOException {
        List<String> documented = java.util.stream.Stream.concat(
                        settings("aitbc.md", "").stream(), settings("mining.md", "miner.").stream())
                .toList();

        assertThat(documented).containsAll(KnownSettings.names());
        assertThat(documented.stream().filter(key -> !key.contains("<")))
                .as("on a page")
                .allMatch(key -> KnownSettings.names().contains(key));
    }

    /** Of the one table that begins with a key. */
    private static List<String> settings(String page, String prefix) throws IOException {
        return Files.readAllLines(DOCS.resolve(page)).stream()
                .dropWhile(line -> !line.startsWith("| key"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> Arrays.stream(line.split("\\|")[1].split(",")))
                .map(key -> prefix + key.strip().replace("`", ""))
                .toList();
    }
}
