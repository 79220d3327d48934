package io.tradingecosystem.audit;

/** Reads the settings, starts the service, waits for its end. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.out.println("hello");
    }
}
