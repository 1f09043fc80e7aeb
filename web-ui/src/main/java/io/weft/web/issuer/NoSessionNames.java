package io.weft.web.issuer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;

/**
 * Identity tokens carry no name of the session: it is the edge's own session, whose end is the log-out, and its name changes
 * when the edge takes the person in.
 */
final class NoSessionNames implements SessionRegistry {
    @Override
    public List<Object> getAllPrincipals() {
        return List.of();
    }

    @Override
    public List<SessionInformation> getAllSessions(Object principal, boolean includeExpiredSessions) {
        return List.of();
    }

    @Override
    public @Nullable SessionInformation getSessionInformation(String session) {
        return null;
    }

    @Override
    public void refreshLastRequest(String session) {}

    @Override
    public void registerNewSession(String session, Object principal) {}

    @Override
    public void removeSessionInformation(String session) {}
}
