package io.tradingecosystem.audit.monitoring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * What this program was built from.
 *
 * @param version the version of the program
 * @param time when it was built, UTC
 * @param commit the commit it was built from; {@code unknown} outside a repository
 */
public record Build(String version, String time, String commit) {

    /** Reads what the build wrote into the jar. */
    public static Build read() {
        Properties properties = new Properties();
        try (InputStream in =
                Objects.requireNonNull(
                        Build.class.getResourceAsStream("/build.properties"),
                        "build.properties is not on the class path")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Build(
                properties.getProperty("version", "unknown"),
                properties.getProperty("time", "unknown"),
                properties.getProperty("commit", "unknown"));
    }

    @Override
    public String toString() {
        return version + " (built " + time + " from " + commit + ")";
    }
}
