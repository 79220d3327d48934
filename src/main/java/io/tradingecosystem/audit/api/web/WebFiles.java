package io.tradingecosystem.audit.api.web;

import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.http.StaticFile;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of the page, as the build wrote them into the jar: each with the hash of its content in
 * its name, and compressed. They are read when they are asked for first. Thread-safe.
 */
final class WebFiles {
    private static final String FOLDER = "/assets/";
    private static final String NAMES = FOLDER + "list.txt";

    private static final Map<String, String> TYPES =
            Map.of(
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "svg", "image/svg+xml");

    private final Set<String> names;
    private final Map<String, WebFile> read = new ConcurrentHashMap<>();

    private WebFiles(Set<String> names) {
        this.names = names;
    }

    /** A file: its media type, its content, and its content compressed with gzip. */
    static final class WebFile {
        private final String type;
        private final byte[] plain;
        private final byte[] gzip;

        private WebFile(String type, byte[] plain, byte[] gzip) {
            this.type = type;
            this.plain = plain;
            this.gzip = gzip;
        }

        String type() {
            return type;
        }

        byte[] plain() {
            return plain;
        }

        byte[] gzip() {
            return gzip;
        }
    }

    /** All there are in the jar. */
    static WebFiles inJar() {
        return new WebFiles(Set.copyOf(text(NAMES).lines().toList()));
    }

    /** The page itself. */
    static String page() {
        return text(FOLDER + "page.html");
    }

    /**
     * A file by its name.
     *
     * @throws ProblemException if there is none
     */
    WebFile file(String name) {
        if (!names.contains(name)) {
            throw ProblemException.unknown("file of the page", name);
        }
        return read.computeIfAbsent(name, WebFiles::read);
    }

    private static WebFile read(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException(name + " is of no known media type");
        }
        return new WebFile(
                type, StaticFile.read(FOLDER + name), StaticFile.read(FOLDER + name + ".gz"));
    }

    private static String text(String resource) {
        return new String(StaticFile.read(resource), StandardCharsets.UTF_8);
    }
}
