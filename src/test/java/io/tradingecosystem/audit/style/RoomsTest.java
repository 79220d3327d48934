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
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import io.tradingecosystem.audit.problem.Problems;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who may know whom: each package below the root is a room, and these are the doors between. */
@AnalyzeClasses(
        packages = RoomsTest.ROOT,
        importOptions = {ImportOption.DoNotIncludeTests.class, RoomsTest.OwnCode.class})
class RoomsTest {
    static final String ROOT = "io.tradingecosystem.audit";

    private static final String[] TOOLS = {"common", "settings", "logging"};
    private static final String[] DOORS = {"problem", "monitoring", "server"};
    private static final String[] DOMAIN = {
        "event",
        "store",
        "projection",
        "definition",
        "matching",
        "correlation",
        "scenario",
        "comparison",
        "ingest",
        "topology",
        "notify"
    };

    private static final String[] FRAMEWORKS = {
        "io.helidon..",
        "io.grpc..",
        "redis.clients..",
        "org.rocksdb..",
        "com.google.protobuf..",
        "io.opentelemetry..",
        "audit.v1..",
        "com.audit.v1..",
        "io.tradingecosystem.risk.v1..",
        "io.tradingecosystem.trading.v1..",
        ROOT + ".v1.."
    };

    /** Classes that may know each other, by the name of what they are together. */
    private static final Map<String, String> FAMILIES =
            Map.ofEntries(
                    family("event.AuditEvent", "event.AuditEventBuilder"),
                    family("event.AttributeValue", "event.FixedAttributes"),
                    family(
                            "configuration.ConfigurationClient",
                            "configuration.ConfigurationClientBuilder",
                            "configuration.CachingConfigurationClient"),
                    family(
                            "registry.ServiceRegistry",
                            "registry.InProcessServiceRegistry",
                            "registry.RedisServiceRegistry"),
                    family(
                            "registry.LayoutCodec",
                            "registry.WritableLayout",
                            "registry.LayoutA",
                            "registry.LayoutB",
                            "registry.LayoutC",
                            "registry.LayoutD",
                            "registry.LayoutE",
                            "registry.LayoutF",
                            "registry.LayoutG"),
                    family("scenario.expectations.Expectation", "scenario.expectations.Steady"),
                    // What an event is remembered as, and the window that remembers it.
                    family(
                            "correlation.Pending",
                            "correlation.AwaitedCause",
                            "correlation.CauseSearch",
                            "correlation.ExpiryQueue",
                            "correlation.PendingEvent",
                            "correlation.RuleMatch",
                            "correlation.RuleSide",
                            "correlation.RuleState",
                            "correlation.TimeOrderedEvents",
                            "correlation.WindowCheckpoint"));

    @ArchTest static final ArchRule commonIsPure = pure("common");
    @ArchTest static final ArchRule eventIsPure = pure("event");
    @ArchTest static final ArchRule projectionIsPure = pure("projection");
    @ArchTest static final ArchRule definitionIsPure = pure("definition");
    @ArchTest static final ArchRule matchingIsPure = pure("matching");
    @ArchTest static final ArchRule correlationIsPure = pure("correlation");
    @ArchTest static final ArchRule scenarioIsPure = pure("scenario");
    @ArchTest static final ArchRule topologyIsPure = pure("topology");
    @ArchTest static final ArchRule comparisonIsPure = pure("comparison");
    @ArchTest static final ArchRule notifyIsPure = pure("notify");

    @ArchTest static final ArchRule rocksDbStaysInTheStore = stays("store", "org.rocksdb..");
    @ArchTest static final ArchRule jedisStaysInTheRegistry = stays("registry", "redis.clients..");

    @ArchTest static final ArchRule toolsKnowNobody = knows("common");
    @ArchTest static final ArchRule settingsKnowTools = knows("settings", "common");
    @ArchTest static final ArchRule loggingKnowsNobody = knows("logging", "common");

    @ArchTest static final ArchRule problemsKnowTools = knows("problem", TOOLS);

    @ArchTest
    static final ArchRule monitoringKnowsProblems = knows("monitoring", and(TOOLS, "problem"));

    /** It is copied into other services, so it knows neither neighbours nor events. */
    @ArchTest
    static final ArchRule serverKnowsNobody =
            knows("server", and(TOOLS, "tls", "problem", "monitoring"));

    @ArchTest
    static final ArchRule accessKnowsNoServer =
            knows("access", and(TOOLS, "problem", "monitoring"));

    @ArchTest static final ArchRule egressKnowsTools = knows("egress", TOOLS);
    @ArchTest static final ArchRule tlsKnowsTools = knows("tls", TOOLS);
    @ArchTest static final ArchRule registryKnowsTools = knows("registry", and(TOOLS, "tls"));

    @ArchTest
    static final ArchRule configurationKnowsTools = knows("configuration", and(TOOLS, "egress"));

    @ArchTest
    static final ArchRule peerKnowsTheRegistry = knows("peer", and(TOOLS, "registry", "egress"));

    @ArchTest
    static final ArchRule neighboursKnowTheDoors =
            knows(
                    "neighbours",
                    and(and(TOOLS, DOORS), "egress", "registry", "configuration", "peer"));

    @ArchTest static final ArchRule eventKnowsNobody = knows("event", "common");
    @ArchTest static final ArchRule storeKnowsEvents = knows("store", and(TOOLS, "event"));

    @ArchTest
    static final ArchRule projectionKnowsTheStore =
            knows("projection", and(TOOLS, "event", "store"));

    @ArchTest
    static final ArchRule definitionKnowsTheStore =
            knows("definition", and(TOOLS, "event", "store"));

    @ArchTest
    static final ArchRule matchingKnowsDefinitions =
            knows("matching", and(TOOLS, "event", "store", "projection", "definition"));

    @ArchTest
    static final ArchRule correlationKnowsNoVerdicts =
            knows(
                    "correlation",
                    and(TOOLS, "event", "store", "projection", "definition", "matching"));

    @ArchTest
    static final ArchRule scenarioKnowsNoLinks =
            knows("scenario", and(TOOLS, "event", "store", "projection", "definition", "matching"));

    @ArchTest
    static final ArchRule topologyKnowsWhatIsSeen =
            knows(
                    "topology",
                    and(TOOLS, "event", "store", "projection", "correlation", "registry", "peer"));

    @ArchTest
    static final ArchRule comparisonKnowsLinksAndVerdicts =
            knows("comparison", and(TOOLS, "event", "store", "correlation", "scenario"));

    @ArchTest
    static final ArchRule notifyKnowsVerdicts =
            knows("notify", and(TOOLS, "event", "store", "projection", "definition", "scenario"));

    @ArchTest
    static final ArchRule ingestKnowsTheStore =
            knows("ingest", and(and(TOOLS, DOORS), "event", "store", "access"));

    /** They meet the service as any client does. */
    @ArchTest static final ArchRule pipelineKnowsTools = knows("pipeline", TOOLS);

    @ArchTest
    static final ArchRule importerKnowsTheWayIn = knows("importer", and(TOOLS, "event", "ingest"));

    /** The way in itself; only its door for OTLP knows the server. */
    @ArchTest
    static final ArchRule theWayInKnowsNoDoor =
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + ".ingest")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(rooms(DOORS));

    @ArchTest
    static final ArchRule apiAsks = knows("api", and(and(TOOLS, DOORS), and(DOMAIN, "access")));

    @ArchTest
    static final ArchRule domainKnowsNoDoors =
            noClasses()
                    .that()
                    .resideInAnyPackage(rooms("event", "store", "projection", "definition"))
                    .or()
                    .resideInAnyPackage(
                            rooms("matching", "correlation", "scenario", "comparison", "notify"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(rooms(and(DOORS, "api", "neighbours")));

    @ArchTest
    static final ArchRule nobodyKnowsTheLegacyDoors =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(ROOT + ".api.legacy..", ROOT + ".app..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + ".api.legacy..");

    @ArchTest
    static final ArchRule linksKnowNothingOfWhatTheyTell =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            ROOT + ".correlation",
                            ROOT + ".correlation.links",
                            ROOT + ".correlation.rules")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + ".correlation.analysis");

    @ArchTest
    static final ArchRule failuresAreMappedInProblems =
            noClasses()
                    .that()
                    .haveSimpleNameNotEndingWith("Problems")
                    .should()
                    .callMethod(Problems.class, "map", Class.class, Function.class);

    /** What a failure means is the same at both doors, so no door has a status of its own. */
    @ArchTest
    static final ArchRule doorsThrow =
            noClasses()
                    .that()
                    .resideInAnyPackage(rooms("api", "neighbours"))
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("io.grpc.Status");

    @ArchTest
    static final ArchRule nobodyKnowsTheCommandLine =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + ".cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + ".cli..");

    @ArchTest
    static final ArchRule noRoundTripsBetweenRooms =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noRoundTripsBetweenPackages =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noRoundTripsBetweenClasses =
            slices().assignedFrom(new ByClass()).should().beFreeOfCycles();

    private static ArchRule pure(String room) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FRAMEWORKS);
    }

    private static ArchRule stays(String room, String library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    /** A room may use itself, the rooms it knows, generated messages, and what is not ours. */
    private static ArchRule knows(String room, String... others) {
        return classes()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .onlyDependOnClassesThat(
                        DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT + ".."))
                                .or(
                                        JavaClass.Predicates.resideInAnyPackage(
                                                ROOT + "." + room + "..", ROOT + ".v1.."))
                                .or(JavaClass.Predicates.resideInAnyPackage(rooms(others))));
    }

    private static String[] rooms(String... names) {
        return Arrays.stream(names).map(name -> ROOT + "." + name + "..").toArray(String[]::new);
    }

    private static String[] and(String[] some, String... more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
    }

    private static Map.Entry<String, String> family(String name, String... others) {
        return Map.entry(name, String.join(" ", others));
    }

    /** One slice per class with what is nested in it; a family is one slice. */
    private static final class ByClass implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String outermost = type.getName().replaceAll("\\$.*", "");
            if (!outermost.startsWith(ROOT + ".")) {
                return SliceIdentifier.ignore();
            }
            String name = outermost.substring(ROOT.length() + 1);
            return SliceIdentifier.of(
                    FAMILIES.entrySet().stream()
                            .filter(f -> Arrays.asList(f.getValue().split(" ")).contains(name))
                            .map(Map.Entry::getKey)
                            .findAny()
                            .orElse(name));
        }

        @Override
        public String getDescription() {
            return "classes";
        }
    }

    /** Leaves out what protoc generates. */
    static final class OwnCode implements ImportOption {
        @Override
        public boolean includes(com.tngtech.archunit.core.importer.Location location) {
            return !location.contains("/audit/v1/");
        }
    }
}
