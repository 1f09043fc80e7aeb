package io.weft.hub.access.internal;

import io.weft.hub.platform.HubSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** The first tenant and its administrator's token, so that somebody can begin. Runs before the hub is ready. */
final class Bootstrap implements SmartInitializingSingleton {
    private final HubSettings settings;
    private final StoredAccess access;

    Bootstrap(HubSettings settings, StoredAccess access) {
        this.settings = settings;
        this.access = access;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (settings.bootstrapTenant() != null) {
            access.bootstrap(settings.bootstrapTenant(), token(settings.bootstrapTokenFile()));
        }
    }

    private static @Nullable TokenText token(@Nullable Path file) {
        if (file == null) return null;
        try {
            return TokenText.parse(Files.readString(file).strip())
                    .orElseThrow(() -> new IllegalStateException("WEFT_BOOTSTRAP_TOKEN_FILE: " + file
                            + " (expected: a file that holds weft_<id>_<secret>, the id 8 to 32 lower-case letters and"
                            + " digits, the secret at least 43 letters, digits, '-' and '_')"));
        } catch (IOException e) {
            throw new UncheckedIOException("WEFT_BOOTSTRAP_TOKEN_FILE: " + file + " (expected: a readable file)", e);
        }
    }
}
