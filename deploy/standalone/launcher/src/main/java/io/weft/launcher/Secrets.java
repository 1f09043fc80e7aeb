package io.weft.launcher;

import io.weft.launcher.postgres.Passwords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Random words made once per data folder, each in a file that only its owner reads. */
public record Secrets(Path folder) {
    /** Makes those that are not there. */
    public void prepare() {
        try {
            makeOnce(databaseFile(), () -> {
                Passwords made = Passwords.random();
                return String.join("\n", made.superuser(), made.owner(), made.app(), made.job());
            });
            makeOnce(issuerDatabaseFile(), () -> Passwords.random().issuer());
            makeOnce(
                    consoleClientFile(),
                    () -> Base64.getUrlEncoder().withoutPadding().encodeToString(random(32)));
            makeOnce(demoPasswordFile(), Secrets::readableWord);
            makeOnce(masterKeyFile(), () -> Base64.getEncoder().encodeToString(random(32)));
            makeOnce(
                    tokenFile(),
                    () -> "weft_" + HexFormat.of().formatHex(random(8)) + "_"
                            + Base64.getUrlEncoder().withoutPadding().encodeToString(random(32)));
        } catch (IOException e) {
            throw new LaunchProblem("secrets in " + folder + " could not be made: " + e, e);
        }
    }

    public Passwords passwords() {
        try {
            List<String> lines = Files.readAllLines(databaseFile());
            if (lines.size() != 4) {
                throw new LaunchProblem(databaseFile() + ": " + lines.size() + " lines (expected: 4 passwords)");
            }
            String issuer = Files.readString(issuerDatabaseFile()).strip();
            return new Passwords(lines.get(0), lines.get(1), lines.get(2), lines.get(3), issuer);
        } catch (IOException e) {
            throw new LaunchProblem("passwords of the database cannot be read: " + e, e);
        }
    }

    /** The first tenant's token, once there is one. */
    public Optional<String> token() {
        try {
            return Optional.of(Files.readString(tokenFile()).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new LaunchProblem("the token cannot be read: " + e, e);
        }
    }

    public Path tokenFile() {
        return folder.resolve("token");
    }

    /** What all demo users have, once there is one. */
    public Optional<String> demoPassword() {
        try {
            return Optional.of(Files.readString(demoPasswordFile()).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new LaunchProblem("the password cannot be read: " + e, e);
        }
    }

    public Path demoPasswordFile() {
        return folder.resolve("demo-password");
    }

    /** What the console proves itself by at the issuer. */
    public Path consoleClientFile() {
        return folder.resolve("console-client");
    }

    public Path masterKeyFile() {
        return folder.resolve("master.key");
    }

    private Path issuerDatabaseFile() {
        return folder.resolve("database-issuer");
    }

    private Path databaseFile() {
        return folder.resolve("database");
    }

    @FunctionalInterface
    private interface Text {
        String make();
    }

    /** Written beside its place and renamed: a half-written secret would lock the owner out for good. */
    private static void makeOnce(Path file, Text text) throws IOException {
        if (Files.exists(file)) return;
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text.make() + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** 79 random bits in four groups of letters and digits that are not mistaken for each other. */
    private static String readableWord() {
        String letters = "abcdefghjkmnpqrstuvwxyz23456789";
        SecureRandom random = new SecureRandom();
        StringBuilder word = new StringBuilder();
        for (int place = 0; place < 16; place++) {
            if (place > 0 && place % 4 == 0) word.append('-');
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "Secrets[" + folder + "]";
    }
}
