package io.tradingecosystem.audit.api.links;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.correlation.links.Incomplete;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Says over which times links may be missing where an answer's form has no place for it: {@code
 * audit-incomplete: LINK_MEMORY since=… until=…}, more behind semicolons.
 */
public final class IncompleteHeader {
    private static final HeaderName NAME = HeaderNames.create("audit-incomplete");
    private static final int MAX_TIMES = 10;

    private IncompleteHeader() {}

    /** Sets the header, unless no links are missing. */
    public static void set(ServerResponse response, List<Incomplete> incomplete) {
        if (!incomplete.isEmpty()) {
            response.header(NAME, text(incomplete));
        }
    }

    private static String text(List<Incomplete> incomplete) {
        int more = incomplete.size() - MAX_TIMES;
        String times =
                incomplete.stream()
                        .limit(MAX_TIMES)
                        .map(IncompleteHeader::text)
                        .collect(Collectors.joining("; "));
        return more > 0 ? times + "; " + more + " more" : times;
    }

    private static String text(Incomplete each) {
        return "%s since=%s until=%s".formatted(each.reason(), each.since(), each.until());
    }
}
