package io.tradingecosystem.audit.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Every setting of the service, validated: one record per room.
 *
 * <p>A value is taken from the first place that has it: system property ({@code
 * -Dserver.http.port=8084}), environment by key ({@code SERVER_HTTP_PORT}), environment by the
 * ecosystem's own name ({@code HTTP_PORT}), the file, the default. Immutable.
 *
 * @param service the name and place of this service
 * @param logging how log lines look
 * @param server the two doors and how they close
 * @param access who may do what
 * @param registry where services find each other
 * @param configuration where values that can change at run time come from
 * @param peers which services are called, and how
 * @param ingest what is taken in
 * @param store how events are kept
 * @param search how far one question may read
 * @param correlation how causes and effects are found
 * @param scenario how expectations are judged
 * @param topology which services there are, and who calls whom
 * @param notifications who is told of verdicts ({@code notify}; no record may have that name)
 */
public record Settings(
        ServiceSettings service,
        LoggingSettings logging,
        ServerSettings server,
        AccessSettings access,
        RegistrySettings registry,
        ConfigurationSettings configuration,
        PeerSettings peers,
        IngestSettings ingest,
        StoreSettings store,
        SearchSettings search,
        CorrelationSettings correlation,
        ScenarioSettings scenario,
        TopologySettings topology,
        NotifySettings notifications) {

    /**
     * Reads and validates all settings.
     *
     * @param file the file to read; absent means defaults and overrides only
     * @param environment the process environment
     * @param properties the system properties
     * @return the settings with an account of where each value came from
     * @throws InvalidSettingsException naming every problem, not only the first
     */
    public static Loaded load(
            Optional<Path> file, Map<String, String> environment, Properties properties) {
        Reading reading = Reading.of(file, environment, properties);
        Section root = new Section(reading, "");
        Settings settings =
                new Settings(
                        ServiceSettings.from(root.section("service")),
                        LoggingSettings.from(root.section("logging")),
                        ServerSettings.from(root.section("server")),
                        AccessSettings.from(root.section("access")),
                        RegistrySettings.from(root.section("registry")),
                        ConfigurationSettings.from(root.section("configuration")),
                        PeerSettings.from(root.section("peers")),
                        IngestSettings.from(root.section("ingest")),
                        StoreSettings.from(root.section("store")),
                        SearchSettings.from(root.section("search")),
                        CorrelationSettings.from(root.section("correlation")),
                        ScenarioSettings.from(root.section("scenario")),
                        TopologySettings.from(root.section("topology")),
                        NotifySettings.from(root.section("notify")));
        return new Loaded(
                settings, reading.finish(settings.logging().isJson()), reading.misspellings());
    }

    /**
     * Settings and the effective value of every key.
     *
     * @param settings the validated settings
     * @param effective every known key in order, passwords in addresses masked
     * @param misspellings names in the environment that set nothing, and nearly do
     */
    public record Loaded(
            Settings settings, EffectiveConfiguration effective, List<Misspelling> misspellings) {

        /** Copies the list. */
        public Loaded {
            misspellings = List.copyOf(misspellings);
        }
    }
}
