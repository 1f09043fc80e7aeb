package io.weft.browser;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests where no browser is, and says how to get one. */
final class ChromiumCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return switch (Chromium.find()) {
            case Chromium.Lookup.Found found ->
                ConditionEvaluationResult.enabled(found.program().toString());
            case Chromium.Lookup.Absent absent -> absent(absent.reason());
        };
    }

    private static ConditionEvaluationResult absent(String reason) {
        if (Boolean.parseBoolean(System.getenv("CI"))) throw new IllegalStateException(reason);
        return ConditionEvaluationResult.disabled(reason);
    }
}
