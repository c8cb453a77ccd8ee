package io.aitbc.openclaw.host.store;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PlainText;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what is wrong with a database, and what to do. */
final class StoreFailures {
    /** The lower byte of an extended result code is the general one. */
    private static final int GENERAL = 0xff;

    private final Path file;

    StoreFailures(Path file) {
        this.file = file;
    }

    OpenClawException of(SQLException failure) {
        int code = failure instanceof SQLiteException known ? known.getResultCode().code & GENERAL : -1;
        return new OpenClawException(ErrorCode.INTERNAL, text(code, failure), failure);
    }

    private String text(int code, SQLException failure) {
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return "The disk of %s is full: nothing was written, and nothing that had been is lost; free some space"
                    .formatted(file);
        } else if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return damagedText(String.valueOf(failure.getMessage()));
        } else if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return "The database %s is held by another program; end that one and try again".formatted(file);
        } else if (code == SQLiteErrorCode.SQLITE_READONLY.code
                || code == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || code == SQLiteErrorCode.SQLITE_PERM.code) {
            return "The database %s cannot be written; give yourself the right to, or choose another folder with --data"
                    .formatted(file);
        }
        return oneLine("The database %s failed: %s; look at its disk".formatted(file, failure.getMessage()));
    }

    OpenClawException damaged(String finding) {
        return new OpenClawException(ErrorCode.INTERNAL, damagedText(finding));
    }

    private String damagedText(String finding) {
        return oneLine(
                "The database %s is damaged (%s); stop the host and put back a copy, or move it and its -wal and -shm files away, and `sqlite3 FILE .recover` shows what is left in it"
                        .formatted(file, finding));
    }

    OpenClawException closed() {
        return new OpenClawException(ErrorCode.INTERNAL, "The database %s is closed".formatted(file));
    }

    private static String oneLine(String text) {
        return PlainText.of(text);
    }
}
