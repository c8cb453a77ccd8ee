package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/** Where plugins are offered: a folder or a web server with an {@code index.json} and the files it names. */
public sealed interface PluginRepository extends AutoCloseable permits FolderRepository, HttpRepository {
    /**
     * What it offers now.
     *
     * @throws OpenClawException {@link ErrorCode#UNREACHABLE} when it cannot be read in time, {@link ErrorCode#MALFORMED_ANSWER}
     *     when it is no index
     */
    RepositoryIndex index();

    /**
     * Copies a file beside the index.
     *
     * @param name as the index has it
     * @param most bytes; more is an error
     * @param target is overwritten
     * @throws OpenClawException {@link ErrorCode#UNREACHABLE} when it cannot be had, with what was written so far left in target
     */
    void fetch(String name, long most, Path target);

    /** For messages. */
    String place();

    @Override
    void close();

    /**
     * The repository at a place; nothing is read yet.
     *
     * @param place a folder, or an {@code http} or {@code https} URL of a folder or of the index in it
     * @param patience for one answer of a web server, body included
     * @throws OpenClawException {@link ErrorCode#INVALID_REQUEST} when it is neither
     */
    static PluginRepository at(String place, Duration patience) {
        try {
            if (!place.contains("://")) {
                return new FolderRepository(Path.of(place).toAbsolutePath().normalize());
            }
            URI url = new URI(place);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getQuery() == null
                    && url.getFragment() == null) {
                return new HttpRepository(url, patience);
            }
            throw unusable(place);
        } catch (URISyntaxException | InvalidPathException e) {
            throw unusable(place);
        }
    }

    private static OpenClawException unusable(String place) {
        return new OpenClawException(
                ErrorCode.INVALID_REQUEST,
                "'%s' is neither a folder nor a URL such as https://plugins.example/stable"
                        .formatted(Texts.oneLine(place)));
    }
}
