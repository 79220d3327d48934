package io.tradingecosystem.audit.cli;

import sun.misc.Signal;

/** Ties the program to its process: arguments, output, signals, exit code. */
final class Bootstrap {
    private Bootstrap() {}

    public static void main(String[] arguments) {
        Main main = new Main();
        Signal.handle(new Signal("TERM"), signal -> main.signalled(signal.getNumber()));
        Signal.handle(new Signal("INT"), signal -> main.signalled(signal.getNumber()));
        // Of a terminal that closes; nohup makes the JVM leave it alone.
        Signal.handle(new Signal("HUP"), signal -> main.signalled(signal.getNumber()));
        System.exit(run(main, arguments));
    }

    /** Threads of Helidon's listeners would keep the process alive after a failure. */
    private static int run(Main main, String[] arguments) {
        try {
            return main.run(arguments, System.out, System.err);
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            return 1;
        }
    }
}
