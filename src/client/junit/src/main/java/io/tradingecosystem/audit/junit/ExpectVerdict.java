package io.tradingecosystem.audit.junit;

import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a test pass only with this verdict of an expectation in the {@linkplain ScenarioRun run of
 * the test}. After a test that did not fail, the correlator is asked until all that it had
 * acknowledged is linked and judged and each verdict is final. The test fails where one is another,
 * where there is none, or where something is left out or not final in time; it ends with {@link
 * IllegalStateException} where the correlator is away or does not know the expectation.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(ExpectVerdict.All.class)
@ExtendWith(VerdictExtension.class)
public @interface ExpectVerdict {
    /** The name of an expectation that is in force. */
    String expectation();

    /** What each verdict of the expectation in this run must be. */
    Status status() default Status.PASSED;

    /**
     * How long to wait, such as {@code 30s} or {@code 1m30s}: more than the expectation's windows
     * with {@code scenario.allowed-lateness} (10 s) behind them.
     */
    String within() default "30s";

    /** What a final verdict can be. */
    enum Status {
        PASSED,
        FAILED,
        INCONCLUSIVE
    }

    /** Several of one test. */
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(VerdictExtension.class)
    @interface All {
        ExpectVerdict[] value();
    }
}
