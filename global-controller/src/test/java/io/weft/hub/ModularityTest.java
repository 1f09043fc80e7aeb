package io.weft.hub;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Modules use each other only as their package-info says, and only through their faces. */
class ModularityTest {
    @Test
    void modulesUseOnlyWhatTheyMay() {
        ApplicationModules.of(HubApplication.class).verify();
    }
}
