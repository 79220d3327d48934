package io.tradingecosystem.audit.testing;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;

/**
 * A test of somebody else's software that is known to fail. While it does it is skipped and tells
 * why; when it passes it fails, so that the mending is noticed.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KnownFailure.Interceptor.class)
public @interface KnownFailure {
    /** Whose fault it is, and which. */
    String value();

    /** Whether it fails every time; one that fails now and then cannot be noticed when mended. */
    boolean always() default true;

    /** Turns the outcome round. */
    final class Interceptor implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<Void> test,
                ReflectiveInvocationContext<Method> method,
                ExtensionContext context) {
            KnownFailure known = method.getExecutable().getAnnotation(KnownFailure.class);
            try {
                test.proceed();
            } catch (Throwable failure) {
                throw new TestAbortedException("known failure: " + known.value(), failure);
            }
            if (known.always()) {
                throw new AssertionError("passes now, no longer known to fail: " + known.value());
            }
        }
    }
}
