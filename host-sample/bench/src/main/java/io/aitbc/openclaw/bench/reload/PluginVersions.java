package io.aitbc.openclaw.bench.reload;

import io.aitbc.openclaw.host.plugins.PluginSigner;
import io.aitbc.openclaw.host.trust.PluginSignature;
import io.aitbc.openclaw.host.trust.SigningKey;
import io.aitbc.openclaw.host.trust.TrustException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Drops ever new editions of the shipped plugins, and spoilt ones, into a plugins directory. */
final class PluginVersions {
    private final Path work;
    private final Path folder;
    private final PluginSigner signer;
    private final SigningKey key;
    private int edition;
    private int spoilt;

    PluginVersions(Path work, Path folder, SigningKey key) throws IOException {
        this.work = Files.createDirectories(work);
        this.folder = folder;
        this.key = key;
        signer = new PluginSigner(Files.createDirectories(work.resolve("signing")));
    }

    /**
     * Another file with the same plugin in the place of the one that is there.
     *
     * @return when it took its place
     */
    Instant good(Path shipped) throws IOException, TrustException {
        Path zip = edition(shipped);
        var _ = signer.sign(zip, key);
        move(PluginSignature.fileOf(zip), PluginSignature.fileOf(target(shipped)));
        Instant now = Instant.now();
        move(zip, target(shipped));
        return now;
    }

    /** One that was cut, or one whose signature is for another file. */
    void bad(Path shipped) throws IOException {
        Path zip = edition(shipped);
        spoilt++;
        if (spoilt % 2 == 0) {
            byte[] bytes = Files.readAllBytes(zip);
            Files.write(zip, Arrays.copyOf(bytes, bytes.length / 2));
        }
        move(zip, target(shipped));
    }

    Path target(Path shipped) {
        return folder.resolve(shipped.getFileName());
    }

    private Path edition(Path shipped) throws IOException {
        edition++;
        Path target = work.resolve(edition + ".zip");
        try (ZipFile from = new ZipFile(shipped.toFile());
                OutputStream out = Files.newOutputStream(target);
                ZipOutputStream to = new ZipOutputStream(out)) {
            for (Enumeration<? extends ZipEntry> all = from.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                to.putNextEntry(new ZipEntry(entry.getName()));
                try (var in = from.getInputStream(entry)) {
                    long _ = in.transferTo(to);
                }
            }
            to.putNextEntry(new ZipEntry("EDITION"));
            to.write(Integer.toString(edition).getBytes(StandardCharsets.UTF_8));
        }
        return target;
    }

    private static void move(Path from, Path to) throws IOException {
        Path _ = Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
