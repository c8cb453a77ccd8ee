package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A web server. Redirects are not followed: what is fetched comes from where the operator said. */
final class HttpRepository implements PluginRepository {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final URI base;
    private final Duration patience;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    HttpRepository(URI url, Duration patience) {
        String text = url.toString();
        String folder = text.endsWith("/" + RepositoryIndex.FILE)
                ? text.substring(0, text.length() - RepositoryIndex.FILE.length())
                : text;
        base = URI.create(folder.endsWith("/") ? folder : folder + "/");
        this.patience = patience;
    }

    @Override
    public RepositoryIndex index() {
        byte[] bytes = send(
                RepositoryIndex.FILE,
                patience,
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), RepositoryIndex.LARGEST));
        return RepositoryIndex.read(bytes, base + RepositoryIndex.FILE);
    }

    @Override
    public void fetch(String name, long most, Path target) {
        BodyHandler<Path> toFile = BodyHandlers.ofFile(
                target, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        Path _ = send(name, patience, BodyHandlers.limiting(toFile, most));
    }

    /** The patience is for the whole answer: a server that drips holds nobody up. */
    private <T> T send(String name, Duration limit, BodyHandler<T> body) {
        URI url = base.resolve(name);
        HttpRequest request = HttpRequest.newBuilder(url).GET().timeout(limit).build();
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, body);
        try {
            HttpResponse<T> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw unreachable(url, "it answered with status " + response.statusCode(), null);
            }
            return response.body();
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw unreachable(url, "did not answer in full within " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw unreachable(url, Texts.oneLine(FailureReason.of(cause)), e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new OpenClawException(ErrorCode.CANCELED, "Reading " + url + " was interrupted", e);
        }
    }

    private static OpenClawException unreachable(URI url, String why, @Nullable Exception cause) {
        return new OpenClawException(ErrorCode.UNREACHABLE, "%s cannot be read: %s".formatted(url, why), cause);
    }

    @Override
    public String place() {
        return base.toString();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
