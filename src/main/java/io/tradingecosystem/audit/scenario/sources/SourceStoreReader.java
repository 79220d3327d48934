package io.tradingecosystem.audit.scenario.sources;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Source;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.store.Projection;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads which services were heard, and which are to speak. Thread-safe. */
public final class SourceStoreReader {
    /** The most services on a page. */
    public static final int MAX_ON_PAGE = 1_000;

    private final Projection projection;

    public SourceStoreReader(Projection projection) {
        this.projection = projection;
    }

    /**
     * Some services, by name.
     *
     * @param since when the first event was recorded that counts; empty if there is none
     * @param nextPageToken where to go on; empty when there is nothing more
     * @param incomplete services that are not kept
     */
    public record Page(
            List<SourceView> sources,
            Optional<Instant> since,
            String nextPageToken,
            List<Omission> incomplete) {
        public Page {
            sources = List.copyOf(sources);
            incomplete = List.copyOf(incomplete);
        }
    }

    /**
     * Services that were heard, and those that expectations name.
     *
     * @param inForce the expectations in force
     * @param limit at most so many
     * @param pageToken where to go on; empty for the first page
     * @throws InvalidQuestionException if the page token is not one
     */
    public Page page(Collection<Expectation> inForce, int limit, String pageToken) {
        Map<String, HeardService> heard = heard();
        Map<String, Map<Source, List<String>>> wanted = wanted(inForce);
        TreeSet<String> names = new TreeSet<>(heard.keySet());
        names.addAll(wanted.keySet());
        names.addAll(died());
        List<String> rest = List.copyOf(names.tailSet(name(pageToken), false));
        List<String> shown = rest.subList(0, Math.min(limit, rest.size()));
        return new Page(
                shown.stream().map(name -> view(name, heard, wanted)).toList(),
                HeardTotals.read(projection).since(),
                rest.size() > limit ? token(shown.getLast()) : "",
                incomplete());
    }

    /** One service; empty if it was not heard, never died, and no expectation names it. */
    public Optional<SourceView> find(Collection<Expectation> inForce, String service) {
        Map<String, HeardService> heard = new HashMap<>();
        projection
                .get(VerdictKeys.heard(service))
                .map(JsonRecord::read)
                .map(HeardService::fromJson)
                .ifPresent(each -> heard.put(service, each));
        Map<String, Map<Source, List<String>>> wanted = wanted(inForce);
        boolean known = heard.containsKey(service) || wanted.containsKey(service);
        return known || dead(service).isPresent()
                ? Optional.of(view(service, heard, wanted))
                : Optional.empty();
    }

    /** Services that are not kept any more. */
    public List<Omission> incomplete() {
        return Omission.ifAny(Bound.HEARD_SERVICES, HeardTotals.read(projection).forgotten())
                .toList();
    }

    private Map<String, HeardService> heard() {
        Map<String, HeardService> heard = new HashMap<>();
        projection.scan(
                VerdictKeys.HEARD,
                (key, value) -> {
                    HeardService each = HeardService.fromJson(JsonRecord.read(value));
                    heard.put(each.service(), each);
                    return true;
                });
        return heard;
    }

    private static Map<String, Map<Source, List<String>>> wanted(Collection<Expectation> inForce) {
        Map<String, Map<Source, List<String>>> wanted = new HashMap<>();
        for (Expectation expectation : inForce) {
            for (Source source : expectation.sources()) {
                wanted.computeIfAbsent(source.service(), fresh -> new LinkedHashMap<>())
                        .computeIfAbsent(source, fresh -> new ArrayList<>())
                        .add(expectation.name());
            }
        }
        return wanted;
    }

    private SourceView view(
            String name,
            Map<String, HeardService> heard,
            Map<String, Map<Source, List<String>>> wanted) {
        return new SourceView(
                name,
                Optional.ofNullable(heard.get(name)),
                wanted.getOrDefault(name, Map.of()).entrySet().stream()
                        .filter(each -> !each.getKey().isProbed())
                        .map(each -> speaking(each.getKey(), each.getValue()))
                        .toList(),
                probed(name, wanted.getOrDefault(name, Map.of())));
    }

    private Optional<Probed> probed(String name, Map<Source, List<String>> wanted) {
        List<String> asking = wanted.getOrDefault(Source.alive(name), List.of());
        Optional<DeadTimes.Dead> last = dead(name).flatMap(DeadTimes::last);
        return asking.isEmpty() && last.isEmpty()
                ? Optional.empty()
                : Optional.of(Probed.of(name, asking, last));
    }

    private Set<String> died() {
        Set<String> died = new TreeSet<>();
        projection.scan(VerdictKeys.DEAD, (key, value) -> died.add(VerdictKeys.text(key)));
        return died;
    }

    private Optional<DeadTimes> dead(String service) {
        return projection.get(VerdictKeys.dead(service)).map(JsonRecord::read).map(DeadTimes::read);
    }

    /** Since when a service is dead, as its probe found it; empty if it is not. */
    public Optional<Instant> deadSince(String service) {
        return dead(service).flatMap(DeadTimes::open).map(each -> Times.ofEpochNanos(each.since()));
    }

    private Speaking speaking(Source source, List<String> expectations) {
        return projection
                .get(VerdictKeys.source(source.key()))
                .map(stored -> Speaking.of(source, expectations, JsonRecord.read(stored)))
                .orElseGet(() -> Speaking.unheard(source, expectations));
    }

    private static String token(String name) {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static String name(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw InvalidQuestionException.pageToken(token);
        }
    }
}
