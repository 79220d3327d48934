package io.tradingecosystem.audit.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;

import javax.security.auth.x500.X500Principal;

/**
 * A certificate that signs itself, written as DER (RFC 5280, 4.1): the JDK has only a program that
 * makes one, whose start takes longer than most tests.
 */
final class SelfSigned {
    private static final byte[] ECDSA_WITH_SHA384 = {
        0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 3
    };
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = {0x55, 0x1d, 0x11};
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OID = 0x06;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int TAGGED = 0x80;
    private static final int CONSTRUCTED = 0xa0;
    private static final int MAILBOX = 1;
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int IP = 7;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime());

    private SelfSigned() {}

    /**
     * One for a pair of keys on an elliptic curve.
     *
     * @param names such as {@code dns:localhost,ip:127.0.0.1,uri:spiffe://x/risk}
     */
    static X509Certificate certificate(
            KeyPair keys, String subject, Instant from, Instant to, String names) throws Exception {
        byte[] algorithm = der(SEQUENCE, der(OID, ECDSA_WITH_SHA384));
        byte[] content = content(algorithm, keys, subject, from, to, names);
        Signature signature = Signature.getInstance("SHA384withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(content);
        byte[] signed = der(SEQUENCE, content, algorithm, bits(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(signed));
    }

    private static byte[] content(
            byte[] algorithm, KeyPair keys, String subject, Instant from, Instant to, String names)
            throws Exception {
        byte[] name = new X500Principal(subject).getEncoded();
        byte[] third = der(INTEGER, new byte[] {2});
        return der(
                SEQUENCE,
                der(CONSTRUCTED, third),
                der(INTEGER, BigInteger.valueOf(SERIAL.incrementAndGet()).toByteArray()),
                algorithm,
                name,
                der(SEQUENCE, time(from), time(to)),
                name,
                keys.getPublic().getEncoded(),
                der(CONSTRUCTED + 3, der(SEQUENCE, alternatives(names))));
    }

    private static byte[] alternatives(String names) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String name : names.split(",", -1)) {
            all.write(alternative(name));
        }
        return der(
                SEQUENCE,
                der(OID, SUBJECT_ALTERNATIVE_NAME),
                der(OCTET_STRING, der(SEQUENCE, all.toByteArray())));
    }

    private static byte[] alternative(String name) throws Exception {
        String kind = name.substring(0, name.indexOf(':'));
        String value = name.substring(kind.length() + 1);
        return switch (kind) {
            case "email" -> der(TAGGED + MAILBOX, value.getBytes(StandardCharsets.US_ASCII));
            case "dns" -> der(TAGGED + DNS, value.getBytes(StandardCharsets.US_ASCII));
            case "uri" -> der(TAGGED + URI, value.getBytes(StandardCharsets.US_ASCII));
            case "ip" -> der(TAGGED + IP, InetAddress.getByName(value).getAddress());
            default -> throw new IllegalArgumentException("no kind of a name: " + name);
        };
    }

    /** As all times before the year 2050 are written. */
    private static byte[] time(Instant time) {
        return der(UTC_TIME, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] bits(byte[] bytes) {
        return der(BIT_STRING, new byte[1], bytes);
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            value.writeBytes(part);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        writeLength(value.size(), all);
        all.writeBytes(value.toByteArray());
        return all.toByteArray();
    }

    private static void writeLength(int length, ByteArrayOutputStream all) {
        if (length < TAGGED) {
            all.write(length);
            return;
        }
        byte[] bytes = BigInteger.valueOf(length).toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        all.write(TAGGED + bytes.length - from);
        all.write(bytes, from, bytes.length - from);
    }
}
