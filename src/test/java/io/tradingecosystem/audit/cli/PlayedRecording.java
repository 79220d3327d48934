package io.tradingecosystem.audit.cli;

/** Recordings that other rooms' tests have played by the command itself. */
public final class PlayedRecording {
    private PlayedRecording() {}

    /**
     * Plays one into a running service, as {@code play NAME --speed max}.
     *
     * @param name of one in the jar, or of a file
     * @param service its address
     */
    public static void play(String name, String service) {
        CommandLine line = new CommandLine();
        int code = line.run("play", name, "--speed", "max", "--wait", "0s", "--service", service);
        if (code == 2) {
            throw new IllegalStateException(line.err());
        }
    }
}
