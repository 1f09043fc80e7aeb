package io.weft.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The engine is a function of its arguments. */
class PurityTest {
    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.weft.policy");

    @Test
    void theEngineKnowsNoFrameworkAndNoOtherModule() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..", "io.weft.hub..", "io.weft.agent..", "io.weft.protocol..", "io.grpc..")
                .because("replicas, agents, tests and the simulator call it alike")
                .check(ENGINE);
    }

    @Test
    void theEngineReadsAndWritesNothing() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..", "java.sql..")
                .because("the same log must give the same bytes wherever it is replayed")
                .check(ENGINE);
    }

    @Test
    void theEngineHasNoClockNoChanceAndNoEnvironment() {
        noClasses()
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(System.class, "identityHashCode", Object.class)
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.util\\.(Random|SplittableRandom|UUID|random\\..*|concurrent\\.ThreadLocalRandom)"
                                + "|java\\.security\\.SecureRandom|java\\.time\\.(Clock|InstantSource|LocalDate|LocalDateTime|ZonedDateTime)"
                                + "|java\\.lang\\.(Thread|Runtime|ProcessHandle)")
                .because("time, randomness and environment would make two replicas differ")
                .check(ENGINE);
    }

    @Test
    void modelKnowsNoOtherPackage() {
        noClasses()
                .that()
                .resideInAPackage("io.weft.policy.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.weft.policy.image..",
                        "io.weft.policy.validate..",
                        "io.weft.policy.compile..",
                        "io.weft.policy.render..",
                        "io.weft.policy.plan..",
                        "io.weft.policy.bundle..")
                .because("a reader meets the packages in the order of a change")
                .check(ENGINE);
    }
}
