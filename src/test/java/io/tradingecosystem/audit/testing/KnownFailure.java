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
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A test of somebody else's software that is known to fail, every time and in one way. While it
 * does it is skipped and tells why; when it passes it fails, so that the mending is noticed, and
 * when it fails in another way it fails as any other test.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KnownFailure.Interceptor.class)
public @interface KnownFailure {
    /** Whose fault it is, and which. */
    String value();

    /** What the failure or one of its causes says: a regular expression. */
    String shows();

    /** Turns the outcome round. */
    final class Interceptor implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<Void> test,
                ReflectiveInvocationContext<Method> method,
                ExtensionContext context)
                throws Throwable {
            KnownFailure known = method.getExecutable().getAnnotation(KnownFailure.class);
            try {
                test.proceed();
            } catch (Throwable failure) {
                if (isShown(known.shows(), failure)) {
                    throw new TestAbortedException("known failure: " + known.value(), failure);
                }
                throw failure;
            }
            throw new AssertionError("passes now, no longer known to fail: " + known.value());
        }

        private static boolean isShown(String text, Throwable failure) {
            Pattern pattern = Pattern.compile(text);
            return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                    .anyMatch(each -> pattern.matcher(each.toString()).find());
        }
    }
}
