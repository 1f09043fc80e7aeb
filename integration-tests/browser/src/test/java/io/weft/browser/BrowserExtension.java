package io.weft.browser;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands out the one product and the one browser of the run, and the visits of a test. After a test that failed, what its
 * pages showed is kept in {@code target/evidence}; after one that passed, its pages must have behaved.
 */
final class BrowserExtension implements ParameterResolver, AfterTestExecutionCallback, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);
    private static final Path EVIDENCE = Path.of("target", "evidence");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ConsoleStack.class || type == Visits.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Visits.class ? visits(context) : stack(context);
    }

    private static Visits visits(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        Visits.class, key -> new Visits(chromium(context).browser(), stack(context)), Visits.class);
    }

    private static ConsoleStack stack(ExtensionContext context) {
        return ofTheRun(context).computeIfAbsent(ConsoleStack.class, key -> ConsoleStack.up(), ConsoleStack.class);
    }

    private static Chromium chromium(ExtensionContext context) {
        return ofTheRun(context).computeIfAbsent(Chromium.class, key -> Chromium.start(), Chromium.class);
    }

    private static Store ofTheRun(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Visits visits = context.getStore(NAMESPACE).get(Visits.class, Visits.class);
        if (visits == null) return;
        String test = context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName();
        try {
            if (context.getExecutionException().isEmpty()) visits.assertBehaved();
            else visits.keep(EVIDENCE.resolve(test));
        } catch (AssertionError misbehaved) {
            visits.keep(EVIDENCE.resolve(test));
            throw misbehaved;
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Visits visits = context.getStore(NAMESPACE).remove(Visits.class, Visits.class);
        if (visits != null) visits.close();
    }
}
