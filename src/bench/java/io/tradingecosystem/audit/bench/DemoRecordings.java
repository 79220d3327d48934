package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.bench.Story.Told;
import io.tradingecosystem.audit.event.Severity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the recorded chaos runs of {@code src/demo}, each with its truth: which event caused
 * which. The same program always writes the same files; a test compares them.
 */
public final class DemoRecordings {
    private static final String COORDINATOR = "test-coordinator";
    private static final String MARKET = "market-data-simulator";
    private static final String RISK = "risk-monitor";
    private static final String TRADING = "trading-system-engine";
    private static final String EXCHANGE = "exchange-simulator";
    private static final String CUSTODIAN = "custodian-simulator";

    private DemoRecordings() {}

    /** Writes them into a folder, {@code src/demo} by default. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "src/demo");
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** The text of each file by its name. */
    static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        add(files, "depeg", depeg(12.4));
        add(files, "depeg-late", depeg(16.7));
        add(files, "market-crash", marketCrash());
        add(files, "settlement-delay", settlementDelay());
        add(files, "quiet-day", quietDay());
        return files;
    }

    private static void add(Map<String, String> files, String name, Story story) {
        files.put(name + ".ndjson", story.ndjson());
        files.put(name + ".truth.ndjson", story.truth());
    }

    /** A stablecoin loses its peg; the risk monitor sees it after {@code detection} seconds. */
    private static Story depeg(double detection) {
        Story story = Story.of("stablecoin-depeg", 1);
        Told start = started(story, "USDX will lose its peg to the dollar");
        Told chaos = injected(story, 1, start, "stablecoin-depeg", "USDX depegs: 3 % below par");
        Told shock =
                story.at(1.35, MARKET, "market.price.shock")
                        .severity(Severity.WARNING)
                        .message("USDX trades at 0.968")
                        .with("symbol", "USDX")
                        .with("price", 0.968)
                        .because(chaos);
        prices(story, "USDX", 0.968, 2, 30);
        orders(story, 0.5, 1);
        Told alert =
                story.at(1 + detection, RISK, "risk.alert.raised")
                        .severity(Severity.CRITICAL)
                        .message("USDX is 3.2 % below its peg; exposure 4.1 M")
                        .with("alert", "depeg")
                        .with("symbol", "USDX")
                        .because(shock);
        Told cut =
                story.at(2.1 + detection, TRADING, "exposure.reduced")
                        .message("USDX exposure cut from 4.1 M to 0.4 M")
                        .with("symbol", "USDX")
                        .knownToBeBecause(alert);
        for (int i = 1; i <= 3; i++) {
            Told cancel =
                    story.at(2.1 + detection + i * 0.13, TRADING, "order.cancelled")
                            .message("open USDX order cancelled")
                            .with("order_id", "ORD-9" + i)
                            .knownToBeBecause(cut);
            story.at(2.3 + detection + i * 0.13, EXCHANGE, "order.cancel.confirmed")
                    .message("removed from the book")
                    .with("order_id", "ORD-9" + i)
                    .because(cancel);
        }
        ended(story, 32, "USDX is back at par");
        return story;
    }

    private static Story marketCrash() {
        Story story = Story.of("market-crash", 2);
        Told start = started(story, "BTC will fall by 18 % within two seconds");
        Told chaos = injected(story, 1, start, "market-crash", "BTC falls by 18 %");
        Told shock =
                story.at(1.2, MARKET, "market.price.shock")
                        .severity(Severity.CRITICAL)
                        .message("BTC fell from 61,000 to 50,020")
                        .with("symbol", "BTC")
                        .with("change_percent", -18.0)
                        .because(chaos);
        orders(story, 0.4, 3);
        Told alert =
                story.at(3.1, RISK, "risk.alert.raised")
                        .severity(Severity.CRITICAL)
                        .message("value at risk is 3.4 times the limit")
                        .with("alert", "value-at-risk")
                        .because(shock);
        String[] strategies = {"momentum", "arbitrage", "market-making"};
        for (int i = 0; i < strategies.length; i++) {
            Told halt =
                    story.at(4.4 + i * 0.8, TRADING, "strategy.halted")
                            .severity(Severity.WARNING)
                            .message(strategies[i] + " halted")
                            .with("strategy_id", strategies[i])
                            .because(alert);
            story.at(4.6 + i * 0.8, TRADING, "orders.withdrawn")
                    .message("all open orders of " + strategies[i] + " withdrawn")
                    .with("strategy_id", strategies[i])
                    .knownToBeBecause(halt);
        }
        ended(story, 22, "prices recover");
        return story;
    }

    private static Story settlementDelay() {
        Story story = Story.of("settlement-delay", 3);
        Told start = started(story, "the custodian will settle late");
        Told chaos = injected(story, 1, start, "settlement-delay", "settlements wait for 3 m");
        orders(story, 0.5, 1);
        Told delayed =
                story.at(4, CUSTODIAN, "settlement.delayed")
                        .severity(Severity.WARNING)
                        .message("settlement of 12.5 M is overdue")
                        .with("settlement_id", "SET-77")
                        .with("amount", 12_500_000L)
                        .because(chaos);
        Told alert =
                story.at(74, RISK, "risk.alert.raised")
                        .severity(Severity.WARNING)
                        .message("free cash is below the liquidity limit")
                        .with("alert", "liquidity")
                        .with("settlement_id", "SET-77")
                        .because(delayed);
        story.at(78, TRADING, "credit.line.drawn")
                .message("8 M drawn to stay liquid")
                .with("settlement_id", "SET-77")
                .knownToBeBecause(alert);
        story.at(110, CUSTODIAN, "settlement.completed")
                .message("settled, 106 s late")
                .with("settlement_id", "SET-77")
                .because(delayed);
        ended(story, 115, "settlements are on time again");
        return story;
    }

    private static Story quietDay() {
        Story story = Story.of("quiet-day", 4);
        started(story, "nothing will happen");
        prices(story, "BTC", 61_000, 1, 34);
        orders(story, 0.6, 6);
        story.at(17, RISK, "risk.check.completed").message("all limits are kept");
        ended(story, 36, "nothing has happened");
        return story;
    }

    private static Told started(Story story, String message) {
        return story.at(0, COORDINATOR, "scenario.started")
                .message(message)
                .with("scenario", story.scenario());
    }

    private static Told injected(Story story, double at, Told start, String chaos, String message) {
        return story.at(at, COORDINATOR, "chaos.injected")
                .severity(Severity.WARNING)
                .message(message)
                .with("chaos", chaos)
                .knownToBeBecause(start);
    }

    private static void ended(Story story, double at, String message) {
        story.at(at, COORDINATOR, "scenario.ended")
                .message(message)
                .with("scenario", story.scenario());
    }

    private static void prices(Story story, String symbol, double around, int from, int to) {
        for (int second = from; second < to; second += 4) {
            story.at(second + story.random(0.4), MARKET, "market.price.updated")
                    .with("symbol", symbol)
                    .with("price", Math.round(around * (0.998 + story.random(0.004)) * 1e4) / 1e4);
        }
    }

    /** An ordinary order: placed, acknowledged and filled, in one trace. */
    private static void orders(Story story, double first, int count) {
        for (int i = 0; i < count; i++) {
            double at = first + i * 5;
            String order = "ORD-" + story.scenario().substring(0, 2) + i;
            Told placed =
                    story.at(at, TRADING, "order.placed")
                            .trace(i)
                            .with("order_id", order)
                            .with("strategy_id", "rebalancing");
            Told accepted =
                    story.at(at + 0.02 + story.random(0.02), EXCHANGE, "order.accepted")
                            .trace(i)
                            .with("order_id", order)
                            .because(placed);
            story.at(at + 0.2 + story.random(0.2), EXCHANGE, "order.filled")
                    .trace(i)
                    .with("order_id", order)
                    .because(accepted);
        }
    }
}
