package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void foreign_text_stays_on_its_line_and_moves_no_cursor() {
        assertThat(Terminal.plain("job \u001b[2J\u009b2J\r\nholds\u2028\u202e\u0000\u007f"))
                .isEqualTo("job ?[2J?2J??holds????");
        assertThat(Terminal.plain("wörter, 字 and \uD83D\uDE00")).isEqualTo("wörter, 字 and \uD83D\uDE00");
    }
}
