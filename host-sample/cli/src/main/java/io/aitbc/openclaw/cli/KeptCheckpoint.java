package io.aitbc.openclaw.cli;

import java.nio.file.Path;

/**
 * A checkpoint of a host's log that somebody kept.
 *
 * @param note as it was kept; its signature is not checked here
 * @param size how many records the log had, as it says
 */
record KeptCheckpoint(String note, long size) {
    private static final int LARGEST = 4096;

    static KeptCheckpoint read(Path file) {
        String note = SmallFile.read(file, LARGEST, "checkpoint");
        String[] lines = note.split("\n", 3);
        if (lines.length < 3 || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
            throw new CommandFailure(
                    ExitCode.WRONG_USAGE, "%s is not a checkpoint; `proof log --save FILE` writes one".formatted(file));
        }
        return new KeptCheckpoint(note, Long.parseLong(lines[1]));
    }
}
