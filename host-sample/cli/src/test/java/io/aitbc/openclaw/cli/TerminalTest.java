package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void only_our_colours_reach_the_terminal_whatever_is_printed() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), true);

        terminal.line(terminal.good("good") + " a\u001b]0;title\u0007.jar\nnext");
        terminal.problem("\u009b2Ja\u202eb");

        assertThat(out.toString().lines()).containsExactly("\u001b[32mgood\u001b[0m a?]0;title?.jar", "next");
        assertThat(err.toString().lines()).containsExactly("?2Ja?b");
    }

    @Test
    void foreign_text_stays_on_its_line_and_moves_no_cursor() {
        assertThat(Terminal.plain("job \u001b[2J\u009b2J\r\nholds\u2028\u202e\u0000\u007f"))
                .isEqualTo("job ?[2J?2J??holds????");
        assertThat(Terminal.plain("wörter, 字 and \uD83D\uDE00")).isEqualTo("wörter, 字 and \uD83D\uDE00");
    }
}
