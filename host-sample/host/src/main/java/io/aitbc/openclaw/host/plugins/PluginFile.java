package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.files.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a plugin's jar or zip says of itself; nothing of it is run.
 *
 * @param version as its manifest has it
 * @param requires versions of the plugin API it works with; empty: any
 * @param permissions what it declares to need
 * @param size in bytes
 * @param sha256 of the file, 64 lower-case hexadecimal digits
 */
public record PluginFile(
        String id,
        String version,
        Optional<String> requires,
        List<String> permissions,
        String description,
        long size,
        String sha256) {
    public PluginFile {
        permissions = List.copyOf(permissions);
    }

    /**
     * Unpacks the file in a scratch folder under all the rules that loading has.
     *
     * @throws OpenClawException {@link ErrorCode#INVALID_REQUEST} with the reason when it is no plugin that could be loaded
     */
    public static PluginFile read(Path file) {
        try {
            Path scratch = ScratchFolder.create("plugin-file");
            try {
                PluginStore store = new PluginStore(scratch, ArchiveLimits.DEFAULT);
                StagedPlugin staged = store.stage(file, _ -> {});
                PluginManifest manifest = PluginManifest.read(staged.jar(), store.limits());
                return new PluginFile(
                        manifest.id(),
                        manifest.version(),
                        manifest.requires(),
                        List.copyOf(manifest.permissions().tokens()),
                        manifest.description(),
                        Files.size(file),
                        staged.sha256());
            } finally {
                GenerationFolder.delete(scratch);
            }
        } catch (PluginLoadException e) {
            throw new OpenClawException(ErrorCode.INVALID_REQUEST, "%s %s".formatted(file.getFileName(), e.reason()));
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST, "%s cannot be read: %s".formatted(file, FailureText.full(e)));
        }
    }

    /** Of the bytes of a file, 64 lower-case hexadecimal digits. */
    public static String sha256(Path file) throws IOException {
        return Sha256.of(file);
    }
}
