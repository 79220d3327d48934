package io.tradingecosystem.audit.junit;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/** What {@link ExpectVerdict} and {@link ScenarioRun} do. */
final class VerdictExtension implements ParameterResolver, AfterTestExecutionCallback {
    private static final Namespace OURS = Namespace.create(VerdictExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.isAnnotated(ScenarioRun.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return type == String.class ? run(test).id() : type.cast(run(test));
    }

    @Override
    public void afterTestExecution(ExtensionContext test) {
        if (test.getExecutionException().isEmpty()) {
            AnnotationSupport.findRepeatableAnnotations(
                            test.getRequiredTestMethod(), ExpectVerdict.class)
                    .forEach(expected -> new VerdictWait(run(test), expected).await());
        }
    }

    private static Run run(ExtensionContext test) {
        String name = test.getRequiredTestMethod().getName() + "-" + UUID.randomUUID();
        String id = test.getRequiredTestClass().getSimpleName() + "." + name;
        return test.getStore(OURS)
                .getOrComputeIfAbsent(Run.class, key -> new Run(id, correlator(test)), Run.class);
    }

    /** The one that runs, or one for all tests of this JVM. */
    private static URI correlator(ExtensionContext test) {
        Optional<String> url = Run.setting("url");
        Class<EmbeddedCorrelator> type = EmbeddedCorrelator.class;
        Store all = test.getRoot().getStore(OURS);
        return url.isPresent()
                ? URI.create(url.get())
                : all.getOrComputeIfAbsent(type, key -> EmbeddedCorrelator.start(), type).http();
    }
}
