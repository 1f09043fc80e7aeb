package io.weft.it.real;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs only where {@link RealClusterBinaries} are; elsewhere skipped with one line, an error when {@code CI=true}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("real-cluster")
@ExtendWith(RealCluster.Condition.class)
public @interface RealCluster {

    /** The condition behind the annotation. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return switch (RealClusterBinaries.find()) {
                case RealClusterBinaries.Lookup.Found found ->
                    ConditionEvaluationResult.enabled(found.binaries().folder().toString());
                case RealClusterBinaries.Lookup.Absent absent -> absent(absent.reason());
            };
        }

        private static ConditionEvaluationResult absent(String reason) {
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                throw new IllegalStateException(reason);
            }
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
