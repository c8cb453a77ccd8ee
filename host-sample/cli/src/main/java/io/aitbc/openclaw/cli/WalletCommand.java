package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.host.HostConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "wallet",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(balance|history|limits|export)",
        description = "What was spent, and what may be.",
        footer = "Asks the host that runs with the data directory; reads the directory itself when none does.")
final class WalletCommand {
    private static final int MOST_ROWS = 1000;

    private final CommandContext context;

    WalletCommand(CommandContext context) {
        this.context = context;
    }

    @Command(
            name = "balance",
            mixinStandardHelpOptions = true,
            description = "What the account has on its chain, and how much of it may still be spent today.")
    int balance(
            @Mixin HostOptions options,
            @Option(names = "--json", description = "Print one JSON document.") boolean json) {
        try (Wallet wallet = open(options)) {
            List<Balance> balances = accounts(wallet).stream()
                    .map(account -> new Balance(account, wallet.network(account.id())))
                    .toList();
            if (json) {
                Json documents = new Json();
                ObjectNode document = documents.object();
                ArrayNode rows = document.putArray("accounts");
                balances.forEach(balance -> balance.write(rows.addObject()));
                context.terminal().line(documents.write(document));
            } else {
                balances.forEach(balance -> balance.lines().forEach(context.terminal()::line));
            }
            return balances.stream().allMatch(Balance::known) ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Every payment that was ever recorded, the first one first.")
    int export(
            @Mixin HostOptions options,
            @Option(
                            names = "--format",
                            paramLabel = "csv|json",
                            defaultValue = "csv",
                            description = "csv (RFC 4180) or json (default: csv).")
                    String format,
            @Option(names = "--json", description = "The same as --format json.") boolean json) {
        if (!List.of("csv", "json").contains(format)) {
            throw new CommandFailure(ExitCode.WRONG_USAGE, "--format must be csv or json, not '%s'".formatted(format));
        }
        try (Wallet wallet = open(options)) {
            List<PaymentRecord> records = accounts(wallet).stream()
                    .flatMap(account -> account.all().stream())
                    .toList();
            if (json || format.equals("json")) {
                printJson(records);
            } else {
                PaymentCsv.lines(records).forEach(context.terminal()::line);
            }
        }
        return ExitCode.DONE;
    }

    @Command(name = "history", mixinStandardHelpOptions = true, description = "Payments, newest first.")
    int history(
            @Mixin HostOptions options,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "Most rows, 1 to 1000 (default: 20).")
                    int limit,
            @Option(names = "--json", description = "Print one JSON document.") boolean json) {
        if (limit < 1 || limit > MOST_ROWS) {
            throw new CommandFailure(
                    ExitCode.WRONG_USAGE, "--limit must be 1 to %d, not %d".formatted(MOST_ROWS, limit));
        }
        try (Wallet wallet = open(options)) {
            List<PaymentRecord> records = accounts(wallet).stream()
                    .flatMap(account -> account.history(limit).stream())
                    .toList();
            if (json) {
                printJson(records);
            } else {
                printTable(records);
            }
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "limits",
            mixinStandardHelpOptions = true,
            description = "The hard caps, and how much of today's is used.")
    int limits(
            @Mixin HostOptions options,
            @Option(names = "--json", description = "Print one JSON document.") boolean json) {
        try (Wallet wallet = open(options)) {
            Json documents = new Json();
            ObjectNode document = documents.object();
            ArrayNode rows = document.putArray("accounts");
            TextTable table = new TextTable("ACCOUNT", "PER JOB", "PER DAY", "SPENT TODAY", "LEFT TODAY");
            for (PaymentAccount account : accounts(wallet)) {
                TokenAmount day = account.limits().perDay();
                TokenAmount spent = account.spentToday();
                TokenAmount left = Balance.left(account);
                table.row(
                        account.id(),
                        account.limits().perJob().toString(),
                        day.toString(),
                        spent.toString(),
                        left.toString());
                rows.addObject()
                        .put("account", account.id())
                        .put("unit", account.rail().symbol())
                        .put("perJob", account.limits().perJob().coins().toPlainString())
                        .put("perDay", day.coins().toPlainString())
                        .put("spentToday", spent.coins().toPlainString())
                        .put("leftToday", left.coins().toPlainString());
            }
            if (json) {
                context.terminal().line(documents.write(document));
            } else {
                table.lines().forEach(context.terminal()::line);
            }
        }
        return ExitCode.DONE;
    }

    private Wallet open(HostOptions options) {
        HostConfig alone = options.read(context.environment(), Map.of("port", "0", "host", "127.0.0.1"));
        return Wallet.open(options.read(context.environment()), alone);
    }

    private static List<PaymentAccount> accounts(Wallet wallet) {
        List<PaymentAccount> accounts = wallet.accounts();
        if (accounts.isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, "No plugin pays for anything; `plugins list` shows why");
        }
        return accounts;
    }

    private void printTable(List<PaymentRecord> records) {
        TextTable table = new TextTable("WHEN", "STATE", "AMOUNT", "UNIT", "JOB", "NOTE");
        records.forEach(record -> table.row(
                record.updatedAt().toString(),
                record.state().name().toLowerCase(Locale.ROOT),
                record.amount().coins().toPlainString(),
                record.amount().rail().symbol(),
                record.jobId().orElse(""),
                record.note()));
        table.lines().forEach(context.terminal()::line);
    }

    private void printJson(List<PaymentRecord> records) {
        Json documents = new Json();
        ObjectNode document = documents.object();
        ArrayNode rows = document.putArray("payments");
        records.forEach(record -> rows.addObject()
                .put("reference", record.reference())
                .put("job", record.jobId().orElse(null))
                .put("amount", record.amount().coins().toPlainString())
                .put("unit", record.amount().rail().symbol())
                .put("state", record.state().name())
                .put("updatedAt", record.updatedAt().toString())
                .put("note", record.note()));
        context.terminal().line(documents.write(document));
    }
}
