package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.PlainText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a plugin threw into text. The host never keeps the Throwable itself: its stack trace holds the plugin's
 * classes, and with them the whole plugin, in memory.
 */
final class FailureText {
    private static final int LONGEST = 600;
    private static final int MOST_CAUSES = 4;

    private FailureText() {}

    /** With messages: for failures while loading, when there are no prompts yet. */
    static String full(@Nullable Throwable failure) {
        List<String> parts = new ArrayList<>();
        @Nullable Throwable current = failure;
        while (current != null && parts.size() < MOST_CAUSES) {
            String message = safeMessage(current);
            parts.add(simpleName(current) + (message.isEmpty() ? "" : ": " + message));
            current = current.getCause();
        }
        return oneLine(String.join("; caused by ", parts));
    }

    /** Without messages, which may quote a prompt or a key: for failures of calls. */
    static String withoutMessage(@Nullable Throwable failure) {
        if (failure == null) {
            return "unknown failure";
        }
        StackTraceElement[] trace = failure.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0];
        return oneLine(simpleName(failure) + place);
    }

    static String oneLine(String text) {
        String line = PlainText.of(text);
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }

    private static String simpleName(Throwable failure) {
        String name = failure.getClass().getName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String safeMessage(Throwable failure) {
        try {
            String message = failure.getMessage();
            return message == null ? "" : message;
        } catch (RuntimeException e) {
            return "(its message cannot be read)";
        }
    }
}
