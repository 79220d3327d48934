package io.tradingecosystem.audit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** {@link Scenes}, as JUnit runs them, with a correlator that runs already. */
class VerdictExtensionTest {
    private static final String URL = "audit.correlator.url";
    private static EmbeddedCorrelator correlator;
    private static Map<String, String> outcomes;

    @BeforeAll
    static void runThem() {
        correlator = EmbeddedCorrelator.start();
        outcomes = run(correlator.http().toString(), selectClass(Scenes.class));
    }

    @AfterAll
    static void shouldLeaveNothing() throws Exception {
        correlator.close();
        assertThat(ProcessHandle.of(correlator.process().pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(folder(correlator)).doesNotExist();
    }

    @Test
    void shouldPassWithTheReaction() {
        assertThat(outcomes.get("passes")).isEqualTo("SUCCESSFUL");
    }

    @Test
    void shouldTellTheReasonAndTheTimelineWithoutTheReaction() {
        assertThat(outcomes.get("lacksTheReaction"))
                .startsWith("AssertionError: shock-halts is not PASSED in run Scenes.lacksThe")
                .contains("FAILED: halt ")
                .contains("see " + correlator.http() + "/?view=timeline&run=Scenes.lacksThe");
    }

    @Test
    void shouldTellTheNearestMiss() {
        assertThat(outcomes.get("reactsTooLate")).contains("FAILED: halt came 500 ms too late");
    }

    @Test
    void shouldPassOnAFailureThatIsExpected() {
        assertThat(outcomes.get("expectsAFailure")).isEqualTo("SUCCESSFUL");
    }

    @Test
    void shouldNotTakeInconclusiveForFailed() {
        assertThat(outcomes.get("expectsAFailureOfWhatCannotBeTold"))
                .contains("is not FAILED", "INCONCLUSIVE: resumption cannot be judged");
    }

    @Test
    void shouldFailWithoutATriggerAndTellWhatCame() {
        assertThat(outcomes.get("hasNoTrigger"))
                .startsWith("AssertionError: shock-halts has no final verdict within 2s")
                .contains("nothing triggered it, which takes {\"type\":\"market.price.shock\"}")
                .contains("events of the run: order.placed");
        assertThat(outcomes.get("saysNothing")).contains("events of the run: none");
    }

    @Test
    void shouldNotPassOnWhatIsNotFinal() {
        assertThat(outcomes.get("looksAhead")).contains("has no final verdict within 0.1s");
    }

    @Test
    void shouldFailIfOneOfTwoIsNotAsExpected() {
        assertThat(outcomes.get("passesOnceOfTwice")).contains("FAILED: halt ");
        assertThat(outcomes.get("passesOneOfTwo")).contains("halt-resumes is not PASSED");
    }

    @Test
    void shouldEndWithAnErrorWhereTheExpectationIsUnknown() {
        assertThat(outcomes.get("expectsTheUnknown"))
                .startsWith("IllegalStateException")
                .contains("There is no expectation nothing-of-the-kind");
    }

    @Test
    void shouldLeaveTestsTheirOwnFailures() {
        assertThat(outcomes.get("failsByItself")).isEqualTo("AssertionError: by itself");
        assertThat(outcomes.get("recordsNonsense")).contains("answered 400", "MISSING_FIELD");
    }

    @Test
    void shouldGiveEachRepetitionItsRun() {
        assertThat(Scenes.RUNS).hasSize(3);
    }

    @Test
    void shouldEndWithAnErrorWhereTheCorrelatorIsAway() {
        String method = Scenes.class.getName() + "#saysNothing()";
        assertThat(run("http://127.0.0.1:1", selectMethod(method)).get("saysNothing"))
                .startsWith("IllegalStateException: no answer from http://127.0.0.1:1/");
    }

    @Test
    void shouldSayWhyNoneStarts() {
        String jar = System.setProperty("audit.correlator.jar", "/no/such.jar");
        try {
            assertThatThrownBy(EmbeddedCorrelator::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("/no/such.jar");
        } finally {
            System.setProperty("audit.correlator.jar", jar);
        }
    }

    static Path folder(EmbeddedCorrelator correlator) {
        return Path.of(correlator.addresses().required("folder").asText());
    }

    /** Their outcomes by the name of the method, of failures the exception. */
    private static Map<String, String> run(String url, DiscoverySelector selector) {
        System.setProperty(URL, url);
        try {
            return EngineTestKit.engine("junit-jupiter")
                    .selectors(selector)
                    .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                    .configurationParameter(
                            "junit.jupiter.execution.parallel.mode.default", "concurrent")
                    .configurationParameter(
                            "junit.jupiter.execution.parallel.config.strategy", "fixed")
                    .configurationParameter(
                            "junit.jupiter.execution.parallel.config.fixed.parallelism", "16")
                    .execute()
                    .testEvents()
                    .finished()
                    .stream()
                    .collect(
                            Collectors.toMap(
                                    event ->
                                            event.getTestDescriptor()
                                                    .getDisplayName()
                                                    .replaceAll("\\(.*", ""),
                                    event ->
                                            told(
                                                    event.getRequiredPayload(
                                                            TestExecutionResult.class)),
                                    (one, other) -> other));
        } finally {
            System.clearProperty(URL);
        }
    }

    private static String told(TestExecutionResult result) {
        return result.getThrowable()
                .map(t -> t.getClass().getSimpleName() + ": " + t.getMessage())
                .orElse(result.getStatus().toString());
    }
}
