package io.tradingecosystem.audit.cli;

/**
 * Entry point of the jar. Compiled for Java 8, so that a Java too old for the service answers with
 * a sentence instead of {@code UnsupportedClassVersionError}.
 */
public final class Launcher {
    private static final int REQUIRED = 21;

    private Launcher() {}

    public static void main(String[] arguments) {
        String version = System.getProperty("java.specification.version");
        if (feature(version) < REQUIRED) {
            System.err.println(
                    "audit-correlator needs Java "
                            + REQUIRED
                            + " or later; this is Java "
                            + version
                            + " at "
                            + System.getProperty("java.home"));
            System.exit(2);
        }
        Bootstrap.main(arguments);
    }

    /** 8 for {@code 1.8}, 17 for {@code 17}. */
    private static int feature(String specificationVersion) {
        String[] parts = specificationVersion.split("\\.", 3);
        return Integer.parseInt(parts[0].equals("1") ? parts[1] : parts[0]);
    }
}
