package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.network.PaymentRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Payments as comma-separated values (RFC 4180, but one record is always one line). */
final class PaymentCsv {
    private static final String HEADER = "reference,job,amount,unit,state,updated_at,note";

    private PaymentCsv() {}

    static List<String> lines(List<PaymentRecord> records) {
        List<String> lines = new ArrayList<>();
        lines.add(HEADER);
        records.forEach(record -> lines.add(Stream.of(
                        record.reference(),
                        record.jobId().orElse(""),
                        record.amount().coins().toPlainString(),
                        record.amount().rail().symbol(),
                        record.state().name(),
                        record.updatedAt().toString(),
                        record.note())
                .map(PaymentCsv::field)
                .collect(Collectors.joining(","))));
        return lines;
    }

    /** What strangers wrote must not become a formula when a spreadsheet opens the file. */
    private static String field(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        String safe = line.matches("[=+@-].*") ? "'" + line : line;
        return safe.matches(".*[\",].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
