package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.ConfigEntry;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.NetworkTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at everything the host needs, without changing anything but creating its data directory. */
final class Doctor {
    private static final int JAVA_FLOOR = 25;
    private static final URI USUAL_OLLAMA = URI.create("http://127.0.0.1:11434");
    private static final long DISK_FLOOR = 200L << 20;

    private final HostConfig config;
    private final Optional<Path> file;
    private final Probe probe;
    private final Map<String, String> environment;
    private final VersionChecks versions;

    Doctor(HostConfig config, Optional<Path> file, Probe probe, Map<String, String> environment) {
        this.environment = environment;
        this.versions = new VersionChecks(config.compatibility());
        this.config = config;
        this.file = file;
        this.probe = probe;
    }

    List<Check> examine() throws InterruptedException {
        List<Check> checks = new ArrayList<>();
        checks.add(java());
        checks.add(StartCache.ofThisProcess().check());
        checks.add(listen());
        checks.add(new PortCheck(config, probe).examine());
        checks.add(dataDirectory());
        checks.add(disk());
        checks.add(plugins());
        checks.add(pluginSettings());
        checks.add(ollama());
        checks.addAll(new NetworkChecks(config, probe, InstantSource.system(), versions).examine());
        checks.add(versions.openClaw(environment));
        checks.add(variables());
        checks.add(secretsInFile());
        checks.add(new OutboxCheck(config.dataDirectory(), InstantSource.system()).examine());
        return checks;
    }

    private static Check java() {
        int version = Runtime.version().feature();
        return version >= JAVA_FLOOR
                ? Check.ok("java", "Java " + Runtime.version() + " at " + System.getProperty("java.home"))
                : Check.failed("java", "Java " + version, "install a JDK 25, or set JAVA_HOME to one");
    }

    private Check listen() {
        try {
            if (InetAddress.getByName(config.host()).isLoopbackAddress()) {
                return Check.ok("address", config.host() + " is reachable from this machine only");
            }
        } catch (UnknownHostException e) {
            return Check.failed("address", config.host() + " is no address", "set host to 127.0.0.1");
        }
        return config.apiKey().isPresent()
                ? Check.ok("address", config.host() + " is reachable from elsewhere, with an API key")
                : Check.failed(
                        "address",
                        config.host() + " is reachable from elsewhere and no API key is set",
                        "set --api-key-file or OPENCLAW_API_KEY, or listen on 127.0.0.1");
    }

    private Check dataDirectory() {
        Path folder = config.dataDirectory();
        try {
            Files.createDirectories(folder);
            Path trial = Files.createTempFile(folder, "doctor", ".tmp");
            Files.delete(trial);
            return Check.ok("data directory", folder + " can be written");
        } catch (IOException e) {
            return Check.failed(
                    "data directory",
                    folder + " cannot be written: " + e.getClass().getSimpleName(),
                    "choose another with --data, or give yourself the right to write there");
        }
    }

    private Check disk() {
        try {
            Path existing = config.dataDirectory();
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            long free = Files.getFileStore(existing).getUsableSpace();
            String found = "%,d MB free at %s".formatted(free >> 20, existing);
            return free >= DISK_FLOOR
                    ? Check.ok("disk", found)
                    : Check.failed("disk", found, "free some space, or choose another folder with --data");
        } catch (IOException e) {
            return Check.warning("disk", "free space is unknown", "look at the disk of " + config.dataDirectory());
        }
    }

    private Check plugins() {
        PluginFiles files;
        try {
            files = PluginFiles.read(config.pluginsDirectory());
        } catch (IOException e) {
            return noPlugins("cannot be read");
        }
        boolean wanted = !(config.network() instanceof NetworkTarget.Off);
        if (wanted && !files.ids().contains("aitbc-provider")) {
            return noPlugins("has no plugin aitbc-provider, so no network can be used");
        }
        String found = String.join(", ", files.ids()) + " in " + config.pluginsDirectory();
        return files.broken().isEmpty()
                ? Check.ok("plugins", found)
                : Check.warning(
                        "plugins",
                        found + "; no plugins: " + String.join(", ", files.broken()),
                        "look at them with `plugins list`, or remove them");
    }

    private Check pluginSettings() {
        try {
            Set<String> unknown = config.pluginsWithoutFile(
                    Set.copyOf(PluginFiles.read(config.pluginsDirectory()).ids()));
            return unknown.isEmpty()
                    ? Check.ok("plugin settings", "all are for plugins that are installed")
                    : Check.warning(
                            "plugin settings",
                            "no such plugin is installed: " + String.join(", ", unknown),
                            "correct the id in plugins.<id>.<key>, or remove the setting");
        } catch (IOException e) {
            return Check.warning(
                    "plugin settings", "not compared with the plugins", "point --plugins at a folder that can be read");
        }
    }

    private Check noPlugins(String what) {
        return Check.failed(
                "plugins",
                config.pluginsDirectory() + " " + what,
                "point --plugins at the plugins folder of the installation, or use --aitbc off");
    }

    private Check ollama() throws InterruptedException {
        if (config.ollama().isEmpty()) {
            return version(USUAL_OLLAMA)
                    .filter(found -> !found.isEmpty())
                    .map(found -> Check.ok(
                            "ollama", "not used; one (%s) runs here: --ollama %s".formatted(found, USUAL_OLLAMA)))
                    .orElse(Check.ok("ollama", "not used; the embedded engine answers"));
        }
        URI url = config.ollama().get();
        Optional<String> version = version(url);
        if (version.isEmpty()) {
            return Check.failed(
                    "ollama", "nothing answers at " + url, "start it with `ollama serve`, or use --ollama embedded");
        }
        return versions.check("ollama", SurroundingVersions.OLLAMA, version.get(), "at " + url);
    }

    private Optional<String> version(URI url) throws InterruptedException {
        return probe.get(url, "/api/version").map(it -> it.path("version").asString(""));
    }

    private Check variables() {
        return config.slips().isEmpty()
                ? Check.ok("environment", "no variable looks misspelt")
                : Check.warning("environment", String.join(" ", config.slips()), "correct the name, or remove it");
    }

    private Check secretsInFile() {
        boolean secrets = config.entries().stream()
                .anyMatch(entry -> entry.secret() && entry.source().startsWith("file "));
        if (file.isEmpty()) {
            return Check.ok("configuration", "no file");
        }
        return secrets && FileRights.readableByOthers(file.get())
                ? Check.warning(
                        "configuration",
                        file.get() + " holds secrets and can be read by other users",
                        "chmod 600 " + file.get())
                : Check.ok("configuration", file.get() + ", " + count(config.entries()));
    }

    private static String count(List<ConfigEntry> entries) {
        return entries.size() == 1 ? "1 setting" : entries.size() + " settings";
    }
}
