package io.tradingecosystem.audit.scenario.verdicts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Verdicts of which a page has room for some. */
public final class VerdictPages {
    private VerdictPages() {}

    /**
     * The worst, each status in the order that was given.
     *
     * @param max at most so many, of about as many bytes as a page has
     */
    public static List<Verdict> worst(List<Verdict> verdicts, int max) {
        List<Verdict> sorted = new ArrayList<>(verdicts);
        sorted.sort(
                Comparator.comparingInt(each -> RunStoreReader.WORST_FIRST.indexOf(each.status())));
        List<Verdict> page = new ArrayList<>();
        long left = VerdictStoreReader.MAX_PAGE;
        for (Verdict each : sorted) {
            left -= VerdictSize.of(each);
            if (page.size() == max || (left < 0 && !page.isEmpty())) {
                break;
            }
            page.add(each);
        }
        return page;
    }
}
