package io.tradingecosystem.audit.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** A certificate that signs itself, and its key, for one test. */
public record Pem(Path certificate, Path key, Path store) {
    public static final String PASSWORD = "changeit";
    private static final ECGenParameterSpec CURVE = new ECGenParameterSpec("secp384r1");

    /** One that is valid from now on for 90 days. */
    public static Pem make(Path directory, String name) throws Exception {
        return make(directory, name, "-0d", 90);
    }

    /**
     * One that is valid for some days.
     *
     * @param from the start, such as {@code -2d} from now
     */
    public static Pem make(Path directory, String name, String from, int days) throws Exception {
        return make(directory, name, from, days, "dns:localhost,ip:127.0.0.1");
    }

    /**
     * One for other names.
     *
     * @param names such as {@code dns:risk.internal,uri:spiffe://x/risk}
     */
    public static Pem named(Path directory, String name, String names) throws Exception {
        return make(directory, name, "-0d", 90, names);
    }

    private static Pem make(Path directory, String name, String from, int days, String names)
            throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(CURVE);
        KeyPair keys = generator.generateKeyPair();
        Instant start = Instant.now().plus(Duration.parse("P" + from));
        X509Certificate certificate =
                SelfSigned.certificate(
                        keys, "CN=" + name, start, start.plus(Duration.ofDays(days)), names);
        return new Pem(
                write(directory.resolve(name + ".crt"), "CERTIFICATE", certificate.getEncoded()),
                write(
                        directory.resolve(name + ".key"),
                        "PRIVATE KEY",
                        keys.getPrivate().getEncoded()),
                store(directory.resolve(name + ".p12"), name, keys, certificate));
    }

    private static Path store(Path file, String name, KeyPair keys, X509Certificate certificate)
            throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = PASSWORD.toCharArray();
        store.setKeyEntry(name, keys.getPrivate(), password, new Certificate[] {certificate});
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
        return file;
    }

    private static Path write(Path file, String what, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(
                file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
