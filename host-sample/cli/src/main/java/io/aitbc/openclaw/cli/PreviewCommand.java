package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.HostConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "preview",
        mixinStandardHelpOptions = true,
        description = "Whom the running host would ask, and exactly what would leave this machine. Sends nothing.",
        footer = "Exit code 0 when the host could say it.")
final class PreviewCommand implements Callable<Integer> {
    private static final int LARGEST_REQUEST = 16 << 20;
    private static final String STANDARD_INPUT = "-";

    private final CommandContext context;

    @Mixin
    private HostOptions options = new HostOptions();

    @Parameters(
            paramLabel = "FILE",
            description =
                    "The body of a request to /api/chat or /api/generate; with --model a prompt. '-' reads standard input.")
    private String file = "";

    @Option(names = "--model", paramLabel = "NAME", description = "Ask this model what stands in FILE, as text.")
    private @Nullable String model;

    @Option(
            names = "--privacy",
            paramLabel = "CLASS",
            description = "local-only, redact or network-allowed, as the header X-AITBC-Privacy.")
    private @Nullable String privacy;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    PreviewCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        HostConfig config = options.read(context.environment());
        String body = Optional.ofNullable(model).map(this::prompt).orElseGet(this::text);
        Map<String, String> headers = Optional.ofNullable(privacy)
                .map(name -> Map.of("X-AITBC-Privacy", name))
                .orElse(Map.of());
        JsonNode answer;
        try (HostClient host = HostClient.require(config)) {
            answer = host.post("preview", body, headers);
        }
        if (json) {
            context.terminal().line(new Json().write(answer));
        } else {
            print(answer);
        }
        return ExitCode.DONE;
    }

    private String prompt(String name) {
        Json documents = new Json();
        return documents.compact(documents.object().put("model", name).put("prompt", text()));
    }

    private String text() {
        byte[] bytes;
        try (InputStream in = file.equals(STANDARD_INPUT) ? context.in() : Files.newInputStream(Path.of(file))) {
            bytes = in.readNBytes(LARGEST_REQUEST + 1);
        } catch (IOException | InvalidPathException e) {
            throw new CommandFailure(
                    ExitCode.WRONG_USAGE, file + " cannot be read: name a file, or - for standard input");
        }
        if (bytes.length > LARGEST_REQUEST) {
            throw new CommandFailure(
                    ExitCode.WRONG_USAGE, "%s is larger than %d MiB".formatted(file, LARGEST_REQUEST >> 20));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CommandFailure(ExitCode.WRONG_USAGE, file + " is no text in UTF-8");
        }
    }

    private void print(JsonNode answer) {
        Terminal terminal = context.terminal();
        terminal.line(shown(answer.path("reason").asString("")));
        int number = 0;
        for (JsonNode asked : answer.path("asked")) {
            terminal.line("");
            terminal.line("%d. %s, %s"
                    .formatted(
                            ++number,
                            terminal.strong(shown(asked.path("provider").asString(""))),
                            shown(asked.path("model").asString(""))));
            printDeparture(asked);
        }
    }

    private void printDeparture(JsonNode asked) {
        Terminal terminal = context.terminal();
        String note = shown(asked.path("note").asString(""));
        if (!asked.path("leaves").asBoolean(true)) {
            terminal.line("   " + terminal.good("nothing leaves this machine") + (note.isEmpty() ? "" : ": " + note));
            return;
        }
        terminal.line("   "
                + terminal.warn("leaves this machine")
                + (asked.has("text")
                        ? ", as a %s request, to %s"
                                .formatted(
                                        shown(asked.path("transport").asString("")),
                                        shown(asked.path("destination").asString("")))
                        : ": " + note));
        JsonNode redacted = asked.path("redacted");
        if (!redacted.isEmpty()) {
            terminal.line("   kept back: "
                    + redacted.properties().stream()
                            .map(kind -> kind.getValue().asString("") + " " + kind.getKey())
                            .collect(Collectors.joining(", ")));
        }
        asked.path("text").asString("").lines().forEach(line -> terminal.line("   | " + shown(line)));
    }

    /** A text of strangers must not steer the terminal. */
    private static String shown(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\t]]", "?");
    }
}
