package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.OpenClawException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedObjectsTest {
    private final List<String> closed = new ArrayList<>();
    private final SharedObjects shared = new SharedObjects("plugin");

    private final class First implements AutoCloseable {
        @Override
        public void close() {
            closed.add("first");
        }
    }

    private final class Second implements AutoCloseable {
        @Override
        public void close() {
            closed.add("second");
            throw new IllegalStateException("cannot close");
        }
    }

    @Test
    void an_object_is_made_once() {
        First first = shared.get(First.class, First::new);

        assertThat(shared.get(First.class, () -> {
                    throw new AssertionError("made again");
                }))
                .isSameAs(first);
    }

    @Test
    void objects_are_closed_in_reverse_order_even_if_one_fails() {
        shared.get(First.class, First::new);
        shared.get(Second.class, Second::new);

        shared.close();
        shared.close();

        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void nothing_is_made_after_the_end() {
        shared.close();

        assertThatThrownBy(() -> shared.get(First.class, First::new))
                .isInstanceOf(OpenClawException.class)
                .hasMessageContaining("plugin");
    }
}
