package io.muster.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.muster.core.issuance.Issuer;
import io.muster.core.ledger.Contests;
import io.muster.core.ledger.Custody;
import io.muster.core.ledger.Ledger;
import io.muster.core.ledger.Operations;
import io.muster.core.policy.Hooks;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Tokens;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The rooms of the core stand in a line, and nothing but the JDK comes in.
class ArrowsTest {

    /// In the order in which they may know each other: a room knows those before it.
    private static final List<String> ROOMS = List.of(
            "device",
            "telemetry",
            "template",
            "permission",
            "access",
            "connectivity",
            "door",
            "roster",
            "attestation",
            "policy",
            "issuance",
            "ledger",
            "flow");

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.muster.core");

    @Test
    void every_class_of_the_core_lives_in_a_room_of_the_line() {
        assertThat(CORE.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        ROOMS.stream().map(ArrowsTest::name).toList());
    }

    @Test
    void a_room_knows_only_the_rooms_above_it() {
        for (int i = 0; i < ROOMS.size() - 1; i++) {
            String[] below = ROOMS.subList(i + 1, ROOMS.size()).stream()
                    .map(ArrowsTest::name)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(name(ROOMS.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(below)
                    .because(
                            "an enrollment walks the rooms in one direction: whoever reads a room has read all it needs"
                                    + " in the rooms above it")
                    .check(CORE);
        }
    }

    @Test
    void no_rooms_stand_in_a_ring() {
        slices().matching("io.muster.core.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a ring of rooms can only be understood as a whole")
                .check(CORE);
    }

    @Test
    void whoever_rehearses_knows_no_port_that_writes() {
        noClasses()
                .that()
                .haveNameMatching("io.muster.core.flow.(Rehearsal|Rehearsed|Replay|Comparison|Assumption|Archive|Past)")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Ledger.class,
                        Operations.class,
                        Contests.class,
                        Custody.class,
                        Registrar.class,
                        Tokens.class,
                        Issuer.class,
                        Hooks.class)
                .because("a decision that is tried has no effect, whatever is asked")
                .check(CORE);
    }

    @Test
    void the_core_knows_nothing_but_the_jdk() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations", "io.muster.core..")
                .because("what the product promises must not depend on any library's life")
                .check(CORE);
    }

    @Test
    void the_core_reaches_no_network_no_file_and_no_database() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net.http..", "java.sql..", "java.rmi..", "javax.net..")
                .because("the core asks its ports; what is behind them is not its affair")
                .check(CORE);
    }

    @Test
    void what_decides_is_pure() {
        noClasses()
                .that()
                .resideInAnyPackage(name("policy"), name("connectivity"), name("template"), name("permission"))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.InstantSource")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.random..", "java.util.concurrent..", "java.io..")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .because("a decision must come out the same when it is tried without effect, and when it is replayed")
                .check(CORE);
    }

    private static String name(String room) {
        return "io.muster.core." + room;
    }
}
