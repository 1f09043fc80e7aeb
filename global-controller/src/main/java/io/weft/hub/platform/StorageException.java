package io.weft.hub.platform;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database failed. Classified once, by SQL state. */
public class StorageException extends RuntimeException {
    private final @Nullable String sqlState;

    public StorageException(SQLException cause) {
        super(cause.getMessage(), cause);
        this.sqlState = cause.getSQLState();
    }

    /** Something else that the hub needs cannot be reached. */
    public StorageException(String message, Throwable cause) {
        super(message, cause);
        this.sqlState = null;
    }

    public StorageException(String message) {
        super(message);
        this.sqlState = null;
    }

    /** Null when the failure had no state of its own. */
    public @Nullable String sqlState() {
        return sqlState;
    }

    /** Whether the same may succeed later: lost connections, a server that stops or starts, no room, no free connection. */
    public boolean passing() {
        if (sqlState == null) return true;
        return switch (sqlState.length() < 2 ? "" : sqlState.substring(0, 2)) {
            case "08", "53", "57", "40" -> true;
            default -> false;
        };
    }
}
