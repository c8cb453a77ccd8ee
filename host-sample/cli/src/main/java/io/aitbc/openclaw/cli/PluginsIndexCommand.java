package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.versions.RepositoryFolder;
import io.aitbc.openclaw.host.versions.RepositoryIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "index",
        mixinStandardHelpOptions = true,
        description =
                "Makes a repository of a folder with plugins: writes the index.json that `check` and `upgrade` read.")
final class PluginsIndexCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "DIR", description = "Folder with plugin zips and jars.")
    private Path folder = Path.of("");

    @Option(
            names = "--add",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Copies plugins, and signatures beside them, into it first, named after id and version.")
    private List<Path> additions = new ArrayList<>();

    PluginsIndexCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        additions.forEach(file -> RepositoryFolder.add(folder, file));
        RepositoryIndex index = RepositoryFolder.index(folder);
        TextTable table = new TextTable("PLUGIN", "VERSION", "API", "SIZE", "SIGNED", "FILE");
        index.releases()
                .forEach(release -> table.row(
                        release.id(),
                        release.version(),
                        release.requires().orElse("any"),
                        Long.toString(release.size()),
                        release.signature().isPresent() ? "yes" : "no",
                        release.file()));
        table.lines().forEach(context.terminal()::line);
        return ExitCode.DONE;
    }
}
