package io.aitbc.openclaw.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopTextsTest {
    @Test
    void stop_text_across_pieces_is_found_and_left_out() {
        StopTexts stops = new StopTexts(List.of("END", "\n\n"));

        assertThat(stops.add("The E")).isEqualTo("The ");
        assertThat(stops.add("N")).isEmpty();
        assertThat(stops.add("D of it")).isEmpty();
        assertThat(stops.met()).isTrue();
    }

    @Test
    void what_only_looked_like_a_stop_text_comes_later() {
        StopTexts stops = new StopTexts(List.of("aab"));

        assertThat(stops.add("xaa")).isEqualTo("x");
        assertThat(stops.add("a")).isEqualTo("a");
        assertThat(stops.add("c")).isEqualTo("aac");
        assertThat(stops.add("a")).isEmpty();
        assertThat(stops.end()).isEqualTo("a");
        assertThat(stops.met()).isFalse();
    }

    @Test
    void earliest_of_several_counts() {
        StopTexts stops = new StopTexts(List.of("c", "b"));

        assertThat(stops.add("abc")).isEqualTo("a");
    }

    @Test
    void empty_stop_texts_are_none() {
        StopTexts stops = new StopTexts(List.of(""));

        assertThat(stops.add("abc")).isEqualTo("abc");
        assertThat(stops.met()).isFalse();
    }
}
