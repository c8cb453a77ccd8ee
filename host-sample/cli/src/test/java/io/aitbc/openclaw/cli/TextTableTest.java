package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void columns_are_aligned_and_numbers_stand_to_the_right() {
        TextTable table = new TextTable("FIGURE", "VALUE", "UNIT")
                .row("first", "1,234", "ms")
                .row("2nd", "5.1", "MB");

        assertThat(table.lines()).containsExactly("FIGURE  VALUE  UNIT", "first   1,234  ms", "2nd       5.1  MB");
    }

    @Test
    void colours_take_no_room() {
        TextTable table =
                new TextTable("STATE", "NEXT").row("\u001b[32mok\u001b[0m", "x").row("failed", "y");

        assertThat(table.lines()).containsExactly("STATE   NEXT", "\u001b[32mok\u001b[0m      x", "failed  y");
    }

    @Test
    void a_cell_forges_no_row() {
        TextTable table = new TextTable("FILE", "STATE").row("a\u001b[2K\nzk.zip  \u009b", "failed");

        assertThat(table.lines()).containsExactly("FILE             STATE", "a?[2K?zk.zip  ?  failed");
    }

    @Test
    void row_of_another_width_is_refused() {
        assertThatThrownBy(() -> new TextTable("A", "B").row("1")).hasMessageContaining("1 cells");
    }
}
