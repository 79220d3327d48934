package io.tradingecosystem.audit.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A certificate that signs itself, and its key, made by the JDK's keytool for one test. */
public record Pem(Path certificate, Path key, Path store) {
    public static final String PASSWORD = "changeit";

    /** One that is valid from now on for 90 days. */
    public static Pem make(Path directory, String name) throws Exception {
        return make(directory, name, "-0d", 90);
    }

    /**
     * One that is valid for some days.
     *
     * @param from the start, such as {@code -2d}
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
        Path store = directory.resolve(name + ".p12");
        run(
                keytool(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-startdate",
                from,
                "-validity",
                Integer.toString(days),
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + names,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        return new Pem(
                write(
                        directory.resolve(name + ".crt"),
                        "CERTIFICATE",
                        keys.getCertificate(name).getEncoded()),
                write(
                        directory.resolve(name + ".key"),
                        "PRIVATE KEY",
                        keys.getKey(name, PASSWORD.toCharArray()).getEncoded()),
                store);
    }

    private static String keytool() {
        return Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    }

    private static Path write(Path file, String what, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(
                file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    private static void run(String... command) throws Exception {
        Process process =
                new ProcessBuilder(List.of(command))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
    }
}
