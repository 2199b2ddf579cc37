package io.muster.server;

import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Who may know whom in the house. Maven keeps libraries apart, this keeps rooms apart.
class HouseArrowsTest {

    private static final ImportOption NO_TEST_JAR = location -> !location.contains("-tests.jar");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(NO_TEST_JAR)
            .importPackages("io.muster");

    @Test
    void every_module_of_the_house_is_looked_at() {
        Set<String> modules =
                HOUSE.stream().map(type -> module(type.getPackageName())).collect(Collectors.toSet());
        assertThat(modules)
                .containsExactlyInAnyOrder(
                        "core", "x509", "attestors", "store", "doors", "outlets", "desk", "cli", "fleet", "server");
    }

    @Test
    void everybody_may_know_core_and_core_knows_nobody() {
        knowsOfOurs("io.muster.core..", "the product stands on its own; whoever needs it comes to it");
    }

    @Test
    void the_store_the_desk_and_x509_know_core_alone() {
        knowsOfOurs(
                "io.muster.store..", "the database serves ports; who calls them is not its affair", "io.muster.core..");
        knowsOfOurs("io.muster.desk..", "operators are served from ports, whatever is behind them", "io.muster.core..");
        knowsOfOurs("io.muster.x509..", "certificates are read the same for whoever asks", "io.muster.core..");
    }

    @Test
    void attestors_know_of_x509_only_how_to_read_a_certificate_and_how_to_follow_a_chain() {
        knowsOfOurs(
                "io.muster.attestors..",
                "an attestor believes a chain or does not: docs/decisions/0001 says why it calls the path itself",
                "io.muster.core..",
                "io.muster.x509.codec..",
                "io.muster.x509.path..");
    }

    @Test
    void doors_know_of_x509_only_how_to_read_a_certificate() {
        knowsOfOurs(
                "io.muster.doors..",
                "a door translates; whether a chain is trusted is decided behind it",
                "io.muster.core..",
                "io.muster.x509.codec..");
    }

    @Test
    void outlets_know_core_alone_and_are_strangers_to_one_another() {
        knowsOfOurs(
                "io.muster.outlets..",
                "what stands at the back wall is told what to do by ports; siblings share none of it",
                "io.muster.core..");
        slices().matching("io.muster.outlets.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        JavaClass.Predicates.resideOutsideOfPackage("io.muster.outlets.event.."),
                        JavaClass.Predicates.resideInAPackage("io.muster.outlets.event.."))
                .because("another system to serve is one new folder, and an event is written the same for each")
                .check(HOUSE);
        noClasses()
                .that()
                .resideOutsideOfPackages("io.muster.outlets..", "io.muster.server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.muster.outlets..")
                .because("whoever needs an outlet knows its port in core; the assembly alone chooses who stands there")
                .check(HOUSE);
    }

    @Test
    void an_outlet_for_aws_brings_no_library_but_its_reader_of_json() {
        classes()
                .that()
                .resideInAPackage("io.muster.outlets.aws..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations",
                        "com.fasterxml.jackson.core..",
                        "io.muster.core..",
                        "io.muster.outlets.aws..")
                .because("templates and policies are text: whatever else they needed would be an effect")
                .check(HOUSE);
    }

    @Test
    void the_command_line_and_the_fleet_know_nothing_of_ours() {
        knowsOfOurs("io.muster.cli..", "the command line proves that the admin API is enough for everybody");
        knowsOfOurs(
                "io.muster.fleet..", "a simulated device that shared code with the server would share its mistakes");
    }

    @Test
    void nobody_knows_the_server() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.muster.server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.muster.server..")
                .because("the assembly puts rooms together; a room that knew it could not be put anywhere else")
                .check(HOUSE);
    }

    @Test
    void attestors_are_strangers_to_one_another() {
        slices().matching("io.muster.attestors.(*)..")
                .should()
                .notDependOnEachOther()
                .because("a new kind of evidence is one new folder")
                .check(HOUSE);
    }

    @Test
    void doors_are_strangers_to_one_another_and_share_only_the_walls() {
        slices().matching("io.muster.doors.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        JavaClass.Predicates.resideOutsideOfPackage("io.muster.doors.listener.."),
                        JavaClass.Predicates.resideInAPackage("io.muster.doors.listener.."))
                .ignoreDependency(
                        JavaClass.Predicates.resideOutsideOfPackage("io.muster.doors.listener.."),
                        JavaClass.Predicates.resideInAPackage("io.muster.doors.mqtt.."))
                .because("a new protocol is one new folder, and the listener lets MQTT in without knowing it")
                .check(HOUSE);
    }

    @Test
    void no_rooms_of_the_house_stand_in_a_ring() {
        slices().matching("io.muster.(**)")
                .should()
                .beFreeOfCycles()
                .because("a ring of rooms can only be understood as a whole")
                .check(HOUSE);
    }

    @Test
    void certificates_are_touched_in_x509_alone() {
        only(
                "one place bounds what a hostile certificate can do; the fleet makes certificates of its own",
                new String[] {"org.bouncycastle..", "org.conscrypt.."},
                "io.muster.x509..",
                "io.muster.fleet..");
    }

    @Test
    void sql_is_spoken_in_the_store_alone() {
        only(
                "lock order and invariants can be seen only where every statement is in one place",
                new String[] {
                    "java.sql..", "javax.sql..", "org.postgresql..", "org.jdbi..", "com.zaxxer..", "org.flywaydb.."
                },
                "io.muster.store..");
    }

    @Test
    void secrets_are_sealed_in_the_store_alone() {
        only(
                "what is encrypted with which key must be seen in one place",
                new String[] {"com.google.crypto.tink.."},
                "io.muster.store.sealing..",
                "io.muster.store.keyring..");
    }

    @Test
    void the_walls_to_the_devices_alone_speak_netty() {
        only(
                "a door is written against a request and an answer, not against a pipeline",
                new String[] {"io.netty.."},
                "io.muster.doors.listener..",
                "io.muster.doors.mqtt..",
                "io.muster.fleet..");
    }

    @Test
    void the_desk_alone_speaks_vertx() {
        only("the operators' plane and the devices' plane fail apart", new String[] {"io.vertx.."}, "io.muster.desk..");
    }

    @Test
    void one_outlet_alone_speaks_kafka_and_the_fleet_that_looks_at_what_it_wrote() {
        only(
                "what another system wants to be told with stays behind the wall that it stands at",
                new String[] {"org.apache.kafka..", "kafka.."},
                "io.muster.outlets.kafka..",
                "io.muster.fleet.kafka..");
    }

    @Test
    void what_is_measured_is_told_in_one_room() {
        only(
                "rooms tell what happens in words of their own; who listens, and by which library, is not their affair",
                new String[] {"io.prometheus..", "io.opentelemetry.."},
                "io.muster.server.telemetry..");
    }

    @Test
    void commands_are_parsed_at_the_edge_alone() {
        only(
                "what is behind a command can be called without one",
                new String[] {"picocli.."},
                "io.muster.cli..",
                "io.muster.fleet..",
                "io.muster.server..");
    }

    @Test
    void no_class_is_named_for_what_it_is_not() {
        for (String suffix : new String[] {"Impl", "Util", "Utils", "Helper", "Manager"}) {
            noClasses()
                    .should()
                    .haveSimpleNameEndingWith(suffix)
                    .because("a name says what a thing does for the product")
                    .check(HOUSE);
        }
        for (String prefix : new String[] {"Abstract", "Default", "Base"}) {
            noClasses()
                    .that()
                    .haveSimpleNameNotStartingWith("Base64")
                    .should()
                    .haveSimpleNameStartingWith(prefix)
                    .because("a name says what a thing does for the product")
                    .check(HOUSE);
        }
    }

    @Test
    void no_class_of_ours_extends_another_class_of_ours() {
        DescribedPredicate<JavaClass> child = DescribedPredicate.describe(
                "extend a class of ours",
                type -> !type.isEnum()
                        && type.getRawSuperclass()
                                .filter(parent -> parent.getPackageName().startsWith("io.muster") && !parent.isEnum())
                                .isPresent());
        noClasses()
                .should(be(child))
                .because("behaviour is put together in the open, by constructors; choice is a sealed interface")
                .check(HOUSE);
    }

    @Test
    void every_room_has_its_sign_and_holds_no_null_unsaid() {
        Set<String> unmarked = HOUSE.stream()
                .map(JavaClass::getPackage)
                .filter(room -> !room.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());
        assertThat(unmarked)
                .as("packages without a @NullMarked package-info.java")
                .isEmpty();
    }

    @Test
    void no_state_is_static() {
        fields().that()
                .areStatic()
                .should()
                .beFinal()
                .because("two houses may stand in one process, and tests run them so")
                .check(HOUSE);
    }

    @Test
    void whoever_is_no_command_says_what_happens_through_the_log() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.muster.cli..")
                .and()
                .haveSimpleNameNotEndingWith("Command")
                .and()
                .haveSimpleNameNotEndingWith("Main")
                .should(ACCESS_STANDARD_STREAMS)
                .because("what is printed in the middle of the house reaches nobody's log")
                .check(HOUSE);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .because("there is one way to log: SLF4J, and in the core the JDK's System.Logger")
                .check(HOUSE);
    }

    @Test
    void nobody_sleeps() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.muster.x509.tls.Rounds")
                .and()
                .doNotHaveFullyQualifiedName("io.muster.cli.command.Rhythm")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .because("waiting is for a condition, with a time limit; only a round that comes again and again, and"
                        + " that closing or Ctrl-C interrupts, waits for nothing but time")
                .check(HOUSE);
    }

    @Test
    void nobody_looks_into_classes() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.reflect..", "java.lang.invoke..")
                .because("who uses what must be found by one click")
                .check(HOUSE);
    }

    private static String module(String packageName) {
        String ours = packageName.substring("io.muster.".length());
        return ours.contains(".") ? ours.substring(0, ours.indexOf('.')) : ours;
    }

    /// Of our own packages, those in `room` know each other and the given ones.
    private static void knowsOfOurs(String room, String because, String... others) {
        String[] known = Stream.concat(Stream.of(room), Stream.of(others)).toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.or(
                        JavaClass.Predicates.resideOutsideOfPackage("io.muster.."),
                        JavaClass.Predicates.resideInAnyPackage(known)))
                .because(because)
                .check(HOUSE);
    }

    private static void only(String because, String[] libraries, String... rooms) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .because(because)
                .check(HOUSE);
    }
}
