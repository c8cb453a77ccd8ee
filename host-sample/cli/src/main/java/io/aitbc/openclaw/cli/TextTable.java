package io.aitbc.openclaw.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Columns under each other. Numbers stand to the right, everything else to the left. */
final class TextTable {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[\\d,.]+( ?%)?");
    private static final String GAP = "  ";

    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... head) {
        this.head = List.of(head);
    }

    TextTable row(String... cells) {
        if (cells.length != head.size()) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + head.size() + " columns");
        }
        rows.add(Stream.of(cells).map(Terminal::printable).toList());
        return this;
    }

    /** The lines, without spaces at their ends. */
    List<String> lines() {
        int[] widths = widths();
        boolean[] right = new boolean[widths.length];
        for (int column = 0; column < widths.length; column++) {
            right[column] = allNumbers(column);
        }
        List<String> lines = new ArrayList<>();
        lines.add(format(head, widths, right));
        for (List<String> row : rows) {
            lines.add(format(row, widths, right));
        }
        return lines;
    }

    private boolean allNumbers(int column) {
        boolean any = false;
        for (List<String> row : rows) {
            String cell = plain(row.get(column));
            if (!cell.isEmpty() && !NUMBER.matcher(cell).matches()) {
                return false;
            }
            any |= !cell.isEmpty();
        }
        return any;
    }

    private int[] widths() {
        int[] widths = new int[head.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = head.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], plain(row.get(column)).length());
            }
        }
        return widths;
    }

    private static String format(List<String> cells, int[] widths, boolean[] right) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - plain(cell).length());
            line.append(right[column] ? padding + cell : cell + padding).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static String plain(String cell) {
        return Terminal.COLOUR.matcher(cell).replaceAll("");
    }
}
