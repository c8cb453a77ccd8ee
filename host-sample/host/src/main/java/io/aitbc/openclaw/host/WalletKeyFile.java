package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The key with which the host signs in to its own devnet. Its coins are worth nothing, so the host may make it itself. */
final class WalletKeyFile {
    /** Order of the curve secp256k1 (SEC 2, section 2.4.1). */
    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private WalletKeyFile() {}

    /** The file; created with a new key, readable by its owner only, when there is none. */
    static Path ensure(Path file, SecureRandom random) {
        if (Files.isRegularFile(file)) {
            return file;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "wallet", ".key", ownerOnly(file));
            Files.writeString(draft, "0x" + newKey(random) + "\n", StandardOpenOption.WRITE);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return file;
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "The devnet's wallet key cannot be written to %s; choose another folder with --data"
                            .formatted(file),
                    e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) throws IOException {
        boolean posix = Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static String newKey(SecureRandom random) {
        byte[] key = new byte[32];
        do {
            random.nextBytes(key);
        } while (!isKey(new BigInteger(1, key)));
        return HexFormat.of().formatHex(key);
    }

    private static boolean isKey(BigInteger number) {
        return number.signum() > 0 && number.compareTo(ORDER) < 0;
    }
}
