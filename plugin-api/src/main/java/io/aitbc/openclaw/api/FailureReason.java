package io.aitbc.openclaw.api;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/**
 * Says why something failed, for the end of a sentence that people read. The message of an exception alone does not: there may be
 * none, and that of a file often is nothing but its name.
 */
public final class FailureReason {
    private FailureReason() {}

    /**
     * The message on one line; of files with what is wrong about them, and the kind of the failure where there is no message.
     *
     * @param failure its message must be known to hold no prompt and no key
     */
    public static String of(Throwable failure) {
        Throwable cause = failure.getCause();
        if (failure instanceof UncheckedIOException && cause != null) {
            return of(cause);
        }
        String message = oneLine(failure.getMessage());
        if (message.isEmpty()) {
            return kind(failure);
        }
        return failure instanceof FileSystemException file && file.getReason() == null
                ? wrong(file) + ": " + message
                : message;
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "" : PlainText.of(message);
    }

    private static String kind(Throwable failure) {
        return switch (failure) {
            case ConnectException _ -> "it cannot be connected to"; // what java.net.http says of all that is not there
            case UnsupportedOperationException _ -> "it is not supported here";
            default -> {
                String name = failure.getClass().getName();
                yield name.substring(name.lastIndexOf('.') + 1);
            }
        };
    }

    private static String wrong(FileSystemException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "access denied";
            case FileAlreadyExistsException _ -> "it is there already";
            case DirectoryNotEmptyException _ -> "the folder is not empty";
            case NotDirectoryException _ -> "it is no folder";
            default -> failure.getClass().getSimpleName();
        };
    }
}
