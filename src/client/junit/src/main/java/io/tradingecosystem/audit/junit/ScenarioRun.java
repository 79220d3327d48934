package io.tradingecosystem.audit.junit;

import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The run of a test, a parameter of it or of what runs before and after each: a {@link Run}, or a
 * {@link String} with its id. Every test, and every repetition of one, is a run of its own.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(VerdictExtension.class)
public @interface ScenarioRun {}
