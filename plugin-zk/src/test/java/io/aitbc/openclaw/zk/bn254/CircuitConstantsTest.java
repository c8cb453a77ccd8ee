package io.aitbc.openclaw.zk.bn254;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** With {@code -Dopenclaw.constants=write} they are written anew. */
class CircuitConstantsTest {
    private static final Path FOLDER = Path.of("circuits/constants");

    @Test
    void constants_of_the_circuits_are_those_that_java_computes_with() throws IOException {
        check("poseidon.circom", CircuitConstants.poseidon());
        check("base_point.circom", CircuitConstants.basePoint());
    }

    private static void check(String name, String text) throws IOException {
        Path file = FOLDER.resolve(name);
        if (System.getProperty("openclaw.constants", "").equals("write")) {
            Files.writeString(file, text);
        }
        assertThat(Files.readString(file).equals(text))
                .as("%s is up to date", file)
                .isTrue();
    }
}
