package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.HostConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel =
                "(list|inspect|check|upgrade|pin|unpin|history|index|verify|sign|keygen|trust|untrust|consent)",
        description = "What is installed, whether it works and is trusted, and which versions there are.",
        subcommands = {
            PluginsCheckCommand.class,
            PluginsUpgradeCommand.class,
            PluginsPinCommand.class,
            PluginsUnpinCommand.class,
            PluginsHistoryCommand.class,
            PluginsIndexCommand.class
        })
final class PluginsCommand {
    private final CommandContext context;

    PluginsCommand(CommandContext context) {
        this.context = context;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "One line for each plugin; exit code 0 when all work.")
    int list(
            @Mixin HostOptions options,
            @Option(names = "--json", description = "Print one JSON document.") boolean json)
            throws IOException, InterruptedException {
        JsonNode document = new PluginRows(context).read(options);
        JsonNode plugins = document.path("plugins");
        if (json) {
            context.terminal().line(new Json().write(document));
        } else {
            print(document);
        }
        return plugins.valueStream().noneMatch(PluginsCommand::failed) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void print(JsonNode document) {
        TextTable table = new TextTable("PLUGIN", "VERSION", "GENERATION", "STATE", "FILE", "EXTENSIONS");
        for (JsonNode plugin : document.path("plugins")) {
            table.row(cells(plugin));
        }
        for (JsonNode plugin : document.path("unloaded")) {
            table.row(cells(plugin));
        }
        table.lines().forEach(context.terminal()::line);
        if (document.path("trial").asBoolean(false)) {
            context.terminal()
                    .line(context.terminal().faint("No host runs: they were loaded to see whether they work."));
        }
        for (JsonNode plugin : document.path("plugins")) {
            plugin.path("failure").stringValueOpt().ifPresent(failure -> note(plugin, failure));
            plugin.path("warnings").forEach(warning -> note(plugin, warning.asString("")));
        }
        for (JsonNode plugin : document.path("unloaded")) {
            plugin.path("held_by").forEach(holder -> note(plugin, "held in memory by " + holder.asString("")));
        }
    }

    private String[] cells(JsonNode plugin) {
        return new String[] {
            plugin.path("id").asString(""),
            plugin.path("version").asString(""),
            String.valueOf(plugin.path("generation").asInt(0)),
            state(plugin.path("state").asString("")),
            plugin.path("file").asString(""),
            kinds(plugin.path("extensions"))
        };
    }

    private void note(JsonNode plugin, String text) {
        context.terminal().line("%n%s: %s".formatted(plugin.path("id").asString(""), text));
    }

    private static boolean failed(JsonNode plugin) {
        return plugin.path("state").asString("").equals("FAILED");
    }

    /** Without their ids, each once, so that a line stays a line. */
    private static String kinds(JsonNode extensions) {
        return extensions
                .valueStream()
                .map(item -> item.asString("").replaceFirst("/.*", ""))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String texts(JsonNode list) {
        return list.valueStream().map(item -> item.asString("")).collect(Collectors.joining(", "));
    }

    @Command(name = "inspect", mixinStandardHelpOptions = true, description = "All that is known of one plugin.")
    int inspect(
            @Mixin HostOptions options,
            @Option(names = "--json", description = "Print one JSON document.") boolean json,
            @Parameters(paramLabel = "ID", description = "The plugin's id.") String id)
            throws IOException, InterruptedException {
        JsonNode document = new PluginRows(context).read(options);
        List<JsonNode> found = Stream.of("plugins", "unloaded")
                .flatMap(list -> document.path(list).valueStream())
                .filter(plugin -> plugin.path("id").asString("").equals(id))
                .toList();
        if (found.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED, "There is no plugin '%s'; `plugins list` shows all".formatted(id));
        }
        if (json) {
            ObjectNode answer = new Json().object();
            found.forEach(answer.putArray("generations")::add);
            context.terminal().line(new Json().write(answer));
        } else {
            found.forEach(this::printAll);
        }
        return found.stream().anyMatch(PluginsCommand::failed) ? ExitCode.FAILED : ExitCode.DONE;
    }

    private void printAll(JsonNode plugin) {
        plugin.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (field.getKey().equals("transitions")) {
                value.forEach(step -> line(
                        step.path("state").asString("").toLowerCase(Locale.ROOT),
                        "%s, after %d ms"
                                .formatted(
                                        step.path("at").asString(""),
                                        step.path("after_millis").asLong(0))));
            } else {
                String text = value.isArray() ? texts(value) : value.asString("");
                line(field.getKey().replace('_', ' '), text.isEmpty() ? "none" : text);
            }
        });
    }

    private void line(String name, String text) {
        context.terminal().line("%-14s%s".formatted(name, text));
    }

    private String state(String state) {
        String name = state.toLowerCase(Locale.ROOT);
        Terminal terminal = context.terminal();
        return switch (state) {
            case "ACTIVE" -> terminal.good(name);
            case "FAILED" -> terminal.bad(name);
            default -> terminal.warn(name);
        };
    }

    @Command(name = "keygen", mixinStandardHelpOptions = true, description = "Makes a key that signs plugins.")
    int keygen(
            @Parameters(paramLabel = "FILE", description = "The private key; the public one is FILE.pub.") Path file) {
        return keys().generate(file);
    }

    @Command(name = "sign", mixinStandardHelpOptions = true, description = "Signs plugin files: writes FILE.sig.")
    int sign(
            @Option(names = "--key", required = true, paramLabel = "FILE", description = "Made by `plugins keygen`.")
                    Path key,
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "Plugin jars or zips.") List<Path> files)
            throws IOException {
        return keys().sign(key, files);
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Checks signatures; exit code 0 when all are those of trusted keys.")
    int verify(
            @Mixin HostOptions options,
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "Plugin jars or zips.") List<Path> files)
            throws IOException {
        return keys().verify(options.read(context.environment()), files);
    }

    @Command(name = "trust", mixinStandardHelpOptions = true, description = "Loads plugins that a key signed.")
    int trust(
            @Mixin HostOptions options,
            @Option(names = "--name", paramLabel = "TEXT", description = "Whose key it is.") @Nullable String name,
            @Option(names = "--installation", description = "For everybody who uses this installation.")
                    boolean ofInstallation,
            @Parameters(paramLabel = "FILE", description = "The public key.") Path file) {
        return keys().trust(options.read(context.environment()), file, name, ofInstallation);
    }

    @Command(name = "untrust", mixinStandardHelpOptions = true, description = "Loads no more plugins of a key.")
    int untrust(
            @Mixin HostOptions options,
            @Parameters(paramLabel = "KEY", description = "Its id, as `plugins inspect` shows it.") String keyId) {
        return keys().untrust(options.read(context.environment()), keyId);
    }

    @Command(
            name = "consent",
            mixinStandardHelpOptions = true,
            description = "Agrees to the permissions that a plugin in the plugins directory asks for.")
    int consent(
            @Mixin HostOptions options,
            @Parameters(paramLabel = "ID", description = "The plugin's id.") String id,
            @Option(
                            names = "--key",
                            paramLabel = "KEY",
                            description =
                                    "Agree instead to this trusted key's signing it from now on, besides those that did.")
                    @Nullable
                    String keyId)
            throws IOException {
        HostConfig config = options.read(context.environment());
        return keyId == null ? keys().consent(config, id) : keys().consentToKey(config, id, keyId);
    }

    private PluginKeys keys() {
        return new PluginKeys(context.terminal());
    }
}
