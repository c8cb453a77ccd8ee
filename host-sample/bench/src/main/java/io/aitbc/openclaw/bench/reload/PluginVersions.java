package io.aitbc.openclaw.bench.reload;

import io.aitbc.openclaw.host.plugins.PluginSigner;
import io.aitbc.openclaw.host.trust.PluginSignature;
import io.aitbc.openclaw.host.trust.SigningKey;
import io.aitbc.openclaw.host.trust.TrustException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Drops ever new editions of the shipped plugins, and spoilt ones, into a plugins directory. */
final class PluginVersions {
    private static final List<Fault> FAULTS = List.of(Fault.values());

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
        return place(edition(shipped, jar -> jar), shipped);
    }

    private Instant place(Path zip, Path shipped) throws IOException, TrustException {
        var _ = signer.sign(zip, key);
        move(PluginSignature.fileOf(zip), PluginSignature.fileOf(target(shipped)));
        Instant now = Instant.now();
        move(zip, target(shipped));
        return now;
    }

    /**
     * A file that must not take its place; one kind after the other.
     *
     * @return what is wrong with it
     */
    Fault bad(Path shipped) throws IOException, TrustException {
        spoilt++;
        Fault wanted = FAULTS.get(spoilt % FAULTS.size());
        if (wanted.signed()) {
            boolean fits = SpoiltClasses.spoil(jar(shipped), wanted).isPresent();
            Fault fault = fits ? wanted : Fault.START;
            Instant _ = place(
                    edition(shipped, jar -> SpoiltClasses.spoil(jar, fault).orElseThrow()), shipped);
            return fault;
        }
        Path zip = edition(shipped, jar -> jar);
        if (wanted == Fault.CUT) {
            byte[] bytes = Files.readAllBytes(zip);
            Files.write(zip, Arrays.copyOf(bytes, bytes.length / 2));
        }
        move(zip, target(shipped));
        return wanted;
    }

    private static byte[] jar(Path shipped) throws IOException {
        try (ZipFile zip = new ZipFile(shipped.toFile())) {
            ZipEntry jar = zip.stream()
                    .filter(entry -> isPlugin(entry.getName()))
                    .findFirst()
                    .orElseThrow(() -> new IOException(shipped + " holds no plugin"));
            try (InputStream in = zip.getInputStream(jar)) {
                return in.readAllBytes();
            }
        }
    }

    private static boolean isPlugin(String entry) {
        return entry.endsWith(".jar") && !entry.contains("/");
    }

    private interface Change {
        byte[] of(byte[] jar) throws IOException;
    }

    Path target(Path shipped) {
        return folder.resolve(shipped.getFileName());
    }

    private Path edition(Path shipped, Change change) throws IOException {
        edition++;
        Path target = work.resolve(edition + ".zip");
        try (ZipFile from = new ZipFile(shipped.toFile());
                OutputStream out = Files.newOutputStream(target);
                ZipOutputStream to = new ZipOutputStream(out)) {
            for (Enumeration<? extends ZipEntry> all = from.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                to.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = from.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    to.write(isPlugin(entry.getName()) ? change.of(bytes) : bytes);
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
