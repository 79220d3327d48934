package io.tradingecosystem.audit.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.pki.PemReader;
import io.tradingecosystem.audit.settings.TlsSettings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The PEM files of one end of TLS. What is compared and what is read are the same bytes, so that a
 * file that is exchanged meanwhile makes no mixture that nobody sees. Immutable.
 *
 * <p>Fault: Helidon 4.5.0, {@code Tls.Builder.build}, takes a key that is not that of the
 * certificate, and {@code Keys.Builder.build} fails with exceptions of many kinds that name no
 * setting. Shown by: {@code HelidonFaultsTest.shouldTakeAKeyThatIsNotTheCertificates}. Held by:
 * {@code TlsDoorsTest.shouldNameTheSettingOfAFileThatIsNotWhatItShouldBe}. Look again: Helidon 4.6.
 */
public final class TlsFiles {
    private static final long MAX_SIZE = 1 << 20;

    private final Optional<PemFile> certificate;
    private final Optional<PemFile> key;
    private final Optional<PemFile> authorities;

    private TlsFiles(TlsSettings settings, String section, String authorities) {
        this.certificate = file(settings.certificate(), section + ".certificate", "certificates");
        this.key = file(settings.key(), section + ".key", "a private key, PKCS 8");
        this.authorities = file(settings.authorities(), section + authorities, "certificates");
    }

    /**
     * The files of a listener.
     *
     * @param section where the settings are, for errors
     */
    public static TlsFiles ofListener(TlsSettings settings, String section) {
        return new TlsFiles(settings, section, ".client-ca");
    }

    /** The files of a client. */
    public static TlsFiles ofClient(TlsSettings settings, String section) {
        return new TlsFiles(settings, section, ".ca");
    }

    private static Optional<PemFile> file(Optional<Path> path, String setting, String expected) {
        return path.map(each -> new PemFile(each, setting, expected));
    }

    /**
     * What the files have.
     *
     * @param certificate the text of the file; empty if none is named, and so are the others
     */
    public record Contents(String certificate, String key, String authorities) {
        /** Nothing of a key. */
        @Override
        public String toString() {
            return "Contents";
        }
    }

    private record PemFile(Path path, String setting, String expected) {
        String text() {
            if (!Files.isReadable(path) || Files.isDirectory(path)) {
                throw unusable(Files.exists(path) ? "it cannot be read" : "there is no such file");
            }
            try {
                if (Files.size(path) > MAX_SIZE) {
                    throw unusable("it is larger than " + MAX_SIZE + " bytes");
                }
                return Files.readString(path, ISO_8859_1);
            } catch (IOException e) {
                throw unusable("it cannot be read");
            }
        }

        /** Helidon fails with exceptions of many kinds, all of which mean the file. */
        <T> T parsed(Function<byte[], T> reading, String text) {
            try {
                return reading.apply(text.getBytes(ISO_8859_1));
            } catch (UnusableFileException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new UnusableFileException(message(reason(e)), e);
            }
        }

        UnusableFileException unusable(String reason) {
            return new UnusableFileException(message(reason));
        }

        private String message(String reason) {
            return "%s: cannot use %s: %s; a PEM file with %s is expected"
                    .formatted(setting, path, reason, expected);
        }

        private static String reason(Throwable failure) {
            String reported = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
            return reported.isBlank() ? failure.getClass().getSimpleName() : reported;
        }
    }

    /**
     * Reads all files.
     *
     * @throws UnusableFileException if one cannot be read
     */
    public Contents read() {
        return new Contents(text(certificate), text(key), text(authorities));
    }

    private static String text(Optional<PemFile> file) {
        return file.map(PemFile::text).orElse("");
    }

    /**
     * Understands what the files have.
     *
     * @throws UnusableFileException if one is not what it should be, or if the key is not the one
     *     of the certificate
     */
    public KeyMaterial parse(Contents contents) {
        List<X509Certificate> chain =
                certificate
                        .map(file -> certificates(file, contents.certificate()))
                        .orElse(List.of());
        Optional<PrivateKey> own = key.map(file -> privateKey(file, contents.key()));
        own.filter(each -> !KeyPair.fits(chain.getFirst(), each))
                .ifPresent(
                        wrong -> {
                            throw new UnusableFileException(
                                    key.orElseThrow().setting()
                                            + ": not the key of the certificate");
                        });
        return new KeyMaterial(
                chain,
                own,
                authorities
                        .map(file -> certificates(file, contents.authorities()))
                        .orElse(List.of()));
    }

    private static List<X509Certificate> certificates(PemFile file, String text) {
        List<X509Certificate> found =
                file.parsed(
                        bytes -> PemReader.readCertificates(new ByteArrayInputStream(bytes)), text);
        if (found.isEmpty()) {
            throw file.unusable("there is none in it");
        }
        return found;
    }

    private static PrivateKey privateKey(PemFile file, String text) {
        return file.parsed(
                bytes ->
                        Keys.builder()
                                .pem(pem -> pem.key(Resource.create(file.setting(), bytes)))
                                .build()
                                .privateKey()
                                .orElseThrow(() -> file.unusable("there is none in it")),
                text);
    }
}
