package io.aitbc.openclaw.host.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FailurePlaceTest {
    @Test
    void the_place_of_a_failure_and_of_its_causes_is_kept_and_nothing_of_what_they_say() {
        RuntimeException failure =
                new IllegalStateException("the prompt", new IllegalArgumentException("the key", new Error("loop")));
        StringWriter text = new StringWriter();

        FailurePlace.of(failure).printStackTrace(new PrintWriter(text));

        assertThat(text.toString())
                .contains("IllegalStateException", "IllegalArgumentException", "java.lang.Error", "FailurePlaceTest.")
                .doesNotContain("the prompt", "the key", "loop");
    }
}
