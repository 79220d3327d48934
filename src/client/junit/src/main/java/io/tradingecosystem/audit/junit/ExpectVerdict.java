package io.tradingecosystem.audit.junit;

import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a test pass only if each verdict of an expectation in its {@linkplain ScenarioRun run} is
 * final and this one. It ends with {@link IllegalStateException} where the correlator is away or
 * does not know the expectation.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(ExpectVerdict.All.class)
@ExtendWith(VerdictExtension.class)
public @interface ExpectVerdict {
    /** The name of an expectation that is in force. */
    String expectation();

    Status status() default Status.PASSED;

    /**
     * Longer than the windows and {@code scenario.allowed-lateness}: {@code 30s}, {@code 1m30s}.
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
