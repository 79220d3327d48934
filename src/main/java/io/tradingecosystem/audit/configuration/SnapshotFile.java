package io.tradingecosystem.audit.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.common.Hex;
import io.tradingecosystem.audit.configuration.ConfigurationValue.Freshness;
import io.tradingecosystem.audit.configuration.ConfigurationValue.Source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format of the snapshot and how it gets to disk. One line {@code configuration-snapshot 1
 * sha256=HEX}, then JSON: the environment, and of each value its key, text, type and times. The
 * digest is that of all bytes after the first line. The file is replaced as a whole: written beside
 * it, forced to disk, renamed, and the rename forced too. Not thread-safe.
 */
final class SnapshotFile {
    static final int MAX_BYTES = 16 << 20;

    private static final int VERSION = 1;
    private static final int MAX_HEADER_LENGTH = 200;
    private static final Duration MAX_WRITE_TIME = Duration.ofMinutes(10);
    private static final Pattern HEADER =
            Pattern.compile("configuration-snapshot (\\d{1,9}) sha256=([0-9a-f]{64})");

    private final Path file;
    private final String environment;

    /**
     * @param environment whose values these are; those of another are not read
     */
    SnapshotFile(Path file, String environment) {
        this.file = file.toAbsolutePath();
        this.environment = environment;
    }

    Path path() {
        return file;
    }

    /**
     * What was written last; empty if nothing was.
     *
     * @throws UnusableSnapshotException if the file is damaged, of another version or environment
     */
    List<ConfigurationValue> read() throws IOException, UnusableSnapshotException {
        byte[] bytes;
        try (var stream = Files.newInputStream(file)) {
            bytes = stream.readNBytes(MAX_BYTES + MAX_HEADER_LENGTH + 1);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        int end = 0;
        while (end < Math.min(bytes.length, MAX_HEADER_LENGTH) && bytes[end] != '\n') {
            end++;
        }
        Matcher header = HEADER.matcher(new String(bytes, 0, end, StandardCharsets.US_ASCII));
        if (!header.matches()) {
            throw new UnusableSnapshotException("its first line is not that of a snapshot");
        }
        if (Integer.parseInt(header.group(1)) != VERSION) {
            throw new UnusableSnapshotException(
                    "it has version " + header.group(1) + ", not " + VERSION);
        }
        int start = Math.min(end + 1, bytes.length);
        if (!header.group(2).equals(digest(bytes, start))) {
            throw new UnusableSnapshotException("its checksum does not fit its content");
        }
        return parse(Json.MAPPER.readTree(bytes, start, bytes.length - start));
    }

    /**
     * Replaces what was written before.
     *
     * @param values the most important first; those that exceed the bound of the file are left out
     * @return how many were written
     */
    int write(List<ConfigurationValue> values) throws IOException {
        ObjectNode document = Json.MAPPER.createObjectNode().put("environment", environment);
        ArrayNode entries = document.putArray("values");
        long size = 0;
        for (ConfigurationValue value : values) {
            ObjectNode entry = entry(value);
            size += entry.toString().getBytes(StandardCharsets.UTF_8).length + 1;
            if (size > MAX_BYTES - MAX_HEADER_LENGTH - environment.length()) {
                break;
            }
            entries.add(entry);
        }
        byte[] body = Json.MAPPER.writeValueAsBytes(document);
        String header = "configuration-snapshot %d sha256=%s\n".formatted(VERSION, digest(body, 0));
        replace(header.getBytes(StandardCharsets.US_ASCII), body);
        return entries.size();
    }

    /** Moves a file that cannot be used out of the way, for a person to look at. */
    Path setAside() throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".unusable");
        return Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what processes that were killed while they wrote left behind. */
    void tidy(Instant now) throws IOException {
        Path directory = file.resolveSibling("");
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(directory, file.getFileName() + ".*.tmp")) {
            for (Path each : left) {
                Instant written = Files.getLastModifiedTime(each).toInstant();
                if (written.isBefore(now.minus(MAX_WRITE_TIME))) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    private void replace(byte[] header, byte[] body) throws IOException {
        Path directory = Files.createDirectories(file.resolveSibling(""));
        // One name for each process: two that share a directory do not write into one file.
        Path written =
                file.resolveSibling(
                        file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            written,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                writeAll(channel, ByteBuffer.wrap(header));
                writeAll(channel, ByteBuffer.wrap(body));
                channel.force(true);
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(written);
            throw e;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ObjectNode entry(ConfigurationValue value) {
        ObjectNode entry =
                Json.MAPPER
                        .createObjectNode()
                        .put("key", value.key())
                        .put("value", value.raw())
                        .put("type", value.type().name())
                        .put("as_of", value.asOf().toString());
        value.lastUpdated().ifPresent(moment -> entry.put("last_updated", moment.toString()));
        return entry;
    }

    private List<ConfigurationValue> parse(JsonNode document) throws UnusableSnapshotException {
        String written = document.path("environment").asText();
        if (!written.equals(environment)) {
            throw new UnusableSnapshotException(
                    "it is of environment " + written + ", this is " + environment);
        }
        List<ConfigurationValue> values = new ArrayList<>();
        for (JsonNode entry : document.path("values")) {
            values.add(value(entry));
        }
        return values;
    }

    private static ConfigurationValue value(JsonNode entry) throws UnusableSnapshotException {
        try {
            return new ConfigurationValue(
                    entry.path("key").asText(),
                    entry.path("value").asText(),
                    ValueType.valueOf(entry.path("type").asText()),
                    Source.SNAPSHOT,
                    Freshness.STALE,
                    Optional.ofNullable(entry.get("last_updated"))
                            .map(moment -> Instant.parse(moment.asText())),
                    Instant.parse(entry.path("as_of").asText()));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new UnusableSnapshotException("it has an entry that makes no sense: " + entry);
        }
    }

    private static String digest(byte[] bytes, int start) {
        MessageDigest digest = Digest.sha256();
        digest.update(bytes, start, bytes.length - start);
        return Hex.text(digest.digest());
    }

    /** There is a file, but nothing in it may be believed. */
    static final class UnusableSnapshotException extends Exception {
        UnusableSnapshotException(String message) {
            super(message);
        }
    }
}
