package io.aitbc.openclaw.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** All commands. Describing one by its annotations takes a while in a fresh JVM, so only those are that may be meant. */
final class Commands {
    private static final Map<String, Class<?>> ALL = all();

    private Commands() {}

    private static CommandLine of(CommandContext context, List<String> arguments) {
        IFactory factory = factory(context);
        CommandLine root = new CommandLine(new RootCommand(context), factory);
        if (arguments.isEmpty()) {
            return root;
        }
        String first = arguments.getFirst();
        if (ALL.containsKey(first)) {
            root.addSubcommand(first, new CommandLine(ALL.get(first), factory));
        } else {
            ALL.forEach((name, type) -> root.addSubcommand(name, new CommandLine(type, factory)));
        }
        return root;
    }

    /** Parses and runs one command to its end. */
    static int run(CommandContext context, String... arguments) {
        Terminal terminal = context.terminal();
        CommandLine commands = of(context, List.of(arguments));
        commands.setOut(terminal.out());
        commands.setErr(terminal.err());
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        commands.setExecutionStrategy(Commands::execute);
        commands.setExecutionExceptionHandler((failure, command, parsed) -> Main.report(terminal, failure));
        return commands.execute(arguments);
    }

    /** Help for a command that does not exist would look as if it did. */
    private static int execute(CommandLine.ParseResult parsed) {
        CommandLine.ParseResult each = parsed;
        while (each != null) {
            if (!each.unmatched().isEmpty()) {
                throw new CommandLine.UnmatchedArgumentException(
                        each.commandSpec().commandLine(), each.unmatched());
            }
            each = each.subcommand();
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static Map<String, Class<?>> all() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("serve", ServeCommand.class);
        commands.put("demo", DemoCommand.class);
        commands.put("doctor", DoctorCommand.class);
        commands.put("devnet", DevnetCommand.class);
        commands.put("plugins", PluginsCommand.class);
        commands.put("wallet", WalletCommand.class);
        commands.put("outbox", OutboxCommand.class);
        commands.put("services", ServicesCommand.class);
        commands.put("preview", PreviewCommand.class);
        commands.put("proof", ProofCommand.class);
        commands.put("bench", BenchCommand.class);
        commands.put("faults", FaultsCommand.class);
        return commands;
    }

    /** Gives every command the context, which is all their constructors take. */
    private static IFactory factory(CommandContext context) {
        IFactory fallback = CommandLine.defaultFactory();
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                if (!type.getModule().equals(Main.class.getModule())) {
                    return fallback.create(type);
                }
                for (var constructor : type.getDeclaredConstructors()) {
                    Class<?>[] parameters = constructor.getParameterTypes();
                    if (parameters.length == 1 && parameters[0] == CommandContext.class) {
                        return type.cast(constructor.newInstance(context));
                    }
                }
                return fallback.create(type);
            }
        };
    }
}
