package io.aitbc.openclaw.provider.direct;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The certificate authorities of the JDK and those of a file. */
final class ExtraTrust {
    private static final long LONGEST_FILE = 1 << 20;

    private ExtraTrust() {}

    /** @param file certificates in PEM */
    static X509TrustManager with(Path file) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate authority : manager(null).getAcceptedIssuers()) {
                store.setCertificateEntry("jdk-" + number++, authority);
            }
            for (Certificate authority : read(file)) {
                store.setCertificateEntry("extra-" + number++, authority);
            }
            return manager(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG, "direct-ca-file cannot be read as certificates in PEM: " + file, e);
        }
    }

    private static Iterable<? extends Certificate> read(Path file) throws GeneralSecurityException, IOException {
        if (Files.size(file) > LONGEST_FILE) {
            throw new IOException("the file is too long");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private static X509TrustManager manager(@org.jspecify.annotations.Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("the JDK has no X.509 trust manager");
    }
}
