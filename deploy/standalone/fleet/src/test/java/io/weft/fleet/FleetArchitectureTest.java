package io.weft.fleet;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A stand-in that shared code with what it stands in for would share its mistakes. */
@AnalyzeClasses(packages = "io.weft.fleet", importOptions = DoNotIncludeTests.class)
class FleetArchitectureTest {
    @ArchTest
    static final ArchRule theServerKnowsNothingOfWeft = noClasses()
            .that()
            .resideInAPackage("io.weft.fleet.cluster..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.weft..").and(resideOutsideOfPackages("io.weft.fleet.cluster..")));

    @ArchTest
    static final ArchRule theServerUsesNoClientOfKubernetes = noClasses()
            .that()
            .resideInAPackage("io.weft.fleet.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    @ArchTest
    static final ArchRule contentAndLifeKnowTheServerOnly = noClasses()
            .that()
            .resideInAnyPackage("io.weft.fleet.shop..", "io.weft.fleet.life..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.weft..").and(not(resideInAPackage("io.weft.fleet.."))));

    @ArchTest
    static final ArchRule nothingDecidesWithTheHubsRules =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("io.weft.policy..", "io.weft.protocol..");
}
