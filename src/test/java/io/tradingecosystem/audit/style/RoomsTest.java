package io.tradingecosystem.audit.style;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import java.util.Arrays;

/** Who may know whom: each package below the root is a room, and these are the doors between. */
@AnalyzeClasses(
        packages = RoomsTest.ROOT,
        importOptions = {ImportOption.DoNotIncludeTests.class, RoomsTest.OurOwn.class})
class RoomsTest {
    static final String ROOT = "io.tradingecosystem.audit";

    private static final String[] FRAMEWORKS = {
        "io.helidon..",
        "io.grpc..",
        "redis.clients..",
        "org.rocksdb..",
        "com.google.protobuf..",
        "io.opentelemetry..",
        "audit.v1..",
        "io.tradingecosystem.risk.v1..",
        "io.tradingecosystem.trading.v1..",
        ROOT + ".v1.."
    };

    @ArchTest static final ArchRule eventIsPure = pure("event");

    @ArchTest static final ArchRule correlationIsPure = pure("correlation");

    @ArchTest static final ArchRule scenarioIsPure = pure("scenario");

    @ArchTest static final ArchRule rocksDbStaysInTheStore = stays("store", "org.rocksdb..");

    @ArchTest static final ArchRule jedisStaysInTheRegistry = stays("registry", "redis.clients..");

    @ArchTest static final ArchRule settingsKnowNobody = knows("settings");

    @ArchTest static final ArchRule loggingKnowsSettings = knows("logging", "settings");

    @ArchTest static final ArchRule eventKnowsNobody = knows("event", "settings", "logging");

    @ArchTest
    static final ArchRule registryKnowsSettings = knows("registry", "settings", "logging");

    @ArchTest
    static final ArchRule configurationKnowsSettings =
            knows("configuration", "settings", "logging");

    @ArchTest
    static final ArchRule peerKnowsTheRegistry = knows("peer", "registry", "settings", "logging");

    @ArchTest
    static final ArchRule storeKnowsEvents = knows("store", "event", "settings", "logging");

    @ArchTest
    static final ArchRule correlationKnowsTheStore =
            knows("correlation", "event", "store", "settings", "logging");

    @ArchTest
    static final ArchRule scenarioKnowsCorrelation =
            knows("scenario", "event", "store", "correlation", "settings", "logging");

    /** The doors speak through the server's: they need its problems and bodies. */
    @ArchTest
    static final ArchRule ingestKnowsTheStore =
            knows("ingest", "event", "store", "server", "settings", "logging");

    @ArchTest
    static final ArchRule queryAsks =
            knows(
                    "query",
                    "event",
                    "store",
                    "correlation",
                    "scenario",
                    "server",
                    "settings",
                    "logging");

    /** It is copied into other services with the rooms it knows, so it knows nothing of events. */
    @ArchTest
    static final ArchRule serverKnowsTheNeighbours =
            knows("server", "registry", "configuration", "peer", "settings", "logging");

    @ArchTest
    static final ArchRule definitionsKnowNoLinks =
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + ".correlation.definition")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(ROOT + ".correlation", ROOT + ".correlation.analysis");

    @ArchTest
    static final ArchRule linksKnowNothingOfWhatTheyTell =
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + ".correlation")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + ".correlation.analysis");

    @ArchTest
    static final ArchRule noRoundTripsBetweenRooms =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    private static ArchRule pure(String room) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FRAMEWORKS)
                .allowEmptyShould(true);
    }

    private static ArchRule stays(String room, String library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true);
    }

    /** A room may use itself, the rooms it knows, generated messages, and what is not ours. */
    private static ArchRule knows(String room, String... others) {
        String[] allowed =
                Arrays.stream(others)
                        .map(other -> ROOT + "." + other + "..")
                        .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .onlyDependOnClassesThat(
                        DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT + ".."))
                                .or(
                                        JavaClass.Predicates.resideInAnyPackage(
                                                ROOT + "." + room + "..", ROOT + ".v1.."))
                                .or(JavaClass.Predicates.resideInAnyPackage(allowed)))
                .allowEmptyShould(true);
    }

    /** Leaves out what protoc generates. */
    static final class OurOwn implements ImportOption {
        @Override
        public boolean includes(com.tngtech.archunit.core.importer.Location location) {
            return !location.contains("/audit/v1/");
        }
    }
}
