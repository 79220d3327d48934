package io.tradingecosystem.audit.api.verdicts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.media.type.MediaTypes;
import io.tradingecosystem.audit.api.Answers;
import io.tradingecosystem.audit.api.verdicts.Reports.Form;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.scenario.OfflineVerdicts.Outcome;
import io.tradingecosystem.audit.scenario.verdicts.ShownVerdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A report that is read while it is written. */
class ReportsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest
    @EnumSource(Form.class)
    void shouldBreakOffWhereAVerdictCannotBeReadMidway(Form form) {
        assertThatThrownBy(() -> ask(form, 10_000)).isInstanceOf(UncheckedIOException.class);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void shouldAnswerWithAProblemWhereNothingWentOutYet(Form form) {
        assertThat(ask(form, 1)).contains("error_id").doesNotContain("damaged");
    }

    private static String ask(Form form, int healthy) {
        Settings settings = TestSettings.of(Map.of());
        try (Monitoring monitoring =
                        Monitoring.create(
                                Identity.of(settings, Build.read(), START), Time.system());
                OpenDoors doors =
                        Doors.create(settings.server(), monitoring)
                                .routes(
                                        "/",
                                        rules ->
                                                rules.get(
                                                        "/report",
                                                        (request, response) ->
                                                                Answers.text(
                                                                        response,
                                                                        MediaTypes.TEXT_PLAIN,
                                                                        out ->
                                                                                Reports.write(
                                                                                        report(
                                                                                                healthy),
                                                                                        form,
                                                                                        out))))
                                .open()) {
            return Http.of(doors.httpPort()).get("/report").body();
        }
    }

    private static Report report(int healthy) {
        List<ShownVerdict> shown = new ArrayList<>();
        for (int i = 0; i < healthy; i++) {
            shown.add(ShownVerdict.held(verdict("v" + i)));
        }
        shown.add(damaged());
        return new Report(
                Outcome.counted(Map.of(Status.PASSED, healthy + 1L), List.of()),
                shown,
                Optional.empty());
    }

    private static ShownVerdict damaged() {
        Supplier<Verdict> read =
                () -> {
                    throw new IllegalStateException("damaged");
                };
        return new ShownVerdict("e", Status.PASSED, Duration.ZERO, true, false, read);
    }

    private static Verdict verdict(String id) {
        return new Verdict(
                id,
                1,
                "e",
                "v",
                "s",
                false,
                "run",
                "t-" + id,
                START,
                Status.PASSED,
                true,
                Duration.ZERO,
                START,
                START,
                "all is well",
                List.of());
    }
}
