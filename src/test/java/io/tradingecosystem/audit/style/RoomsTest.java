package io.tradingecosystem.audit.style;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import io.tradingecosystem.audit.problem.Problems;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who may know whom: each package below the root is a room, and these are the doors between. */
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

    static final ArchRule commonIsPure = pure("common");
    static final ArchRule eventIsPure = pure("event");
    static final ArchRule projectionIsPure = pure("projection");
    static final ArchRule definitionIsPure = pure("definition");
    static final ArchRule matchingIsPure = pure("matching");
    static final ArchRule correlationIsPure = pure("correlation");
    static final ArchRule scenarioIsPure = pure("scenario");
    static final ArchRule topologyIsPure = pure("topology");
    static final ArchRule comparisonIsPure = pure("comparison");
    static final ArchRule notifyIsPure = pure("notify");

    static final ArchRule rocksDbStaysInTheStore = stays("store", "org.rocksdb..");
    static final ArchRule jedisStaysInTheRegistry = stays("registry", "redis.clients..");

    static final ArchRule toolsKnowNobody = knows("common");
    static final ArchRule settingsKnowTools = knows("settings", "common");
    static final ArchRule loggingKnowsNobody = knows("logging", "common");

    static final ArchRule problemsKnowTools = knows("problem", TOOLS);

    static final ArchRule monitoringKnowsProblems = knows("monitoring", and(TOOLS, "problem"));

    /** It is copied into other services, so it knows neither neighbours nor events. */
    static final ArchRule serverKnowsNobody =
            knows("server", and(TOOLS, "tls", "problem", "monitoring"));

    static final ArchRule accessKnowsNoServer =
            knows("access", and(TOOLS, "problem", "monitoring"));

    static final ArchRule egressKnowsTools = knows("egress", TOOLS);
    static final ArchRule tlsKnowsTools = knows("tls", TOOLS);
    static final ArchRule registryKnowsTools = knows("registry", and(TOOLS, "tls"));

    static final ArchRule configurationKnowsTools = knows("configuration", and(TOOLS, "egress"));

    static final ArchRule peerKnowsTheRegistry = knows("peer", and(TOOLS, "registry", "egress"));

    static final ArchRule neighboursKnowTheDoors =
            knows(
                    "neighbours",
                    and(and(TOOLS, DOORS), "egress", "registry", "configuration", "peer"));

    static final ArchRule eventKnowsNobody = knows("event", "common");
    static final ArchRule storeKnowsEvents = knows("store", and(TOOLS, "event"));

    static final ArchRule projectionKnowsTheStore =
            knows("projection", and(TOOLS, "event", "store"));

    static final ArchRule definitionKnowsTheStore =
            knows("definition", and(TOOLS, "event", "store"));

    static final ArchRule matchingKnowsDefinitions =
            knows("matching", and(TOOLS, "event", "store", "projection", "definition"));

    static final ArchRule correlationKnowsNoVerdicts =
            knows(
                    "correlation",
                    and(TOOLS, "event", "store", "projection", "definition", "matching"));

    static final ArchRule scenarioKnowsNoLinks =
            knows("scenario", and(TOOLS, "event", "store", "projection", "definition", "matching"));

    static final ArchRule topologyKnowsWhatIsSeen =
            knows(
                    "topology",
                    and(TOOLS, "event", "store", "projection", "correlation", "registry", "peer"));

    static final ArchRule comparisonKnowsLinksAndVerdicts =
            knows("comparison", and(TOOLS, "event", "store", "correlation", "scenario"));

    static final ArchRule notifyKnowsVerdicts =
            knows("notify", and(TOOLS, "event", "store", "projection", "definition", "scenario"));

    static final ArchRule ingestKnowsTheStore =
            knows("ingest", and(and(TOOLS, DOORS), "event", "store", "access"));

    /** They meet the service as any client does. */
    static final ArchRule pipelineKnowsTools = knows("pipeline", TOOLS);

    static final ArchRule importerKnowsTheWayIn = knows("importer", and(TOOLS, "event", "ingest"));

    /** The way in itself; only its door for OTLP knows the server. */
    static final ArchRule theWayInKnowsNoDoor =
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + ".ingest")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(rooms(DOORS));

    static final ArchRule apiAsks = knows("api", and(and(TOOLS, DOORS), and(DOMAIN, "access")));

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

    static final ArchRule nobodyKnowsTheLegacyDoors =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(ROOT + ".api.legacy..", ROOT + ".app..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + ".api.legacy..");

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

    static final ArchRule failuresAreMappedInProblems =
            noClasses()
                    .that()
                    .haveSimpleNameNotEndingWith("Problems")
                    .should()
                    .callMethod(Problems.class, "map", Class.class, Function.class);

    /** What a failure means is the same at both doors, so no door has a status of its own. */
    static final ArchRule doorsThrow =
            noClasses()
                    .that()
                    .resideInAnyPackage(rooms("api", "neighbours"))
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("io.grpc.Status");

    static final ArchRule nobodyKnowsTheCommandLine =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + ".cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + ".cli..");

    static final ArchRule noRoundTripsBetweenRooms =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    static final ArchRule noRoundTripsBetweenPackages =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

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

    @TestFactory
    Stream<DynamicTest> shouldBeKept() {
        JavaClasses house =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(new OwnCode())
                        .importPackages(ROOT);
        List<Field> rules =
                Arrays.stream(RoomsTest.class.getDeclaredFields())
                        .filter(field -> field.getType() == ArchRule.class)
                        .toList();
        assertThat(rules).hasSizeGreaterThan(20);
        return rules.stream()
                .map(rule -> dynamicTest(rule.getName(), () -> rule(rule).check(house)));
    }

    private static ArchRule rule(Field rule) throws IllegalAccessException {
        return (ArchRule) rule.get(null);
    }
}
