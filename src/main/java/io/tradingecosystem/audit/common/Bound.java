package io.tradingecosystem.audit.common;

/**
 * What may keep something out of an answer. Its name stands in the answers, as the names of bounds
 * do in verdicts; the page "Limits" of the documents has a row for each.
 */
public enum Bound {
    /** Events that are kept: by age, and by what they take of the disk. */
    RETENTION("events were removed by store.retention-age or store.retention-size, recorded up"),
    /** Events that are read for one answer. */
    SEARCH_EVENTS("as many events were read as one answer may cost; the page token goes on"),
    /** The time that is spent on one answer. */
    SEARCH_TIME("reading took as long as one answer may; the page token goes on"),
    /** Events that wait for causes and effects. */
    LINK_MEMORY("links may be missing, because more events waited for each other than fit"),
    /** Causes that rules find for one effect, and effects for one cause. */
    LINK_FANOUT(
            "links of rules were left out, because an event has more causes or effects than fit"),
    /** Links of one event in a list that has no pages. */
    LINKS_OF_EVENT("of an event with more links only some are named"),
    /** A list that has no pages. */
    LIST_SIZE("there is more than is listed"),
    /** Events and links that traffic is measured of. */
    TRAFFIC_SAMPLE(
            "traffic is measured of the newest events and links alone, not of those recorded"),
    /** Keys of the registry that are read. */
    REGISTRY_RECORDS("the registry has more keys than are read"),
    /** The file of the nodes and edges that there should be. */
    TOPOLOGY_FILE("the topology file cannot be used, so that what it expects may be missing"),

    /** Links from one effect to another. */
    CHAIN_DEPTH("there is more behind the deepest events shown"),
    /** Events of a chain. */
    CHAIN_SIZE("there are more events than are shown"),
    /** Links of one event of a chain. */
    CHAIN_FANOUT("an event has more links than are followed from one event"),
    /** Other causes of one event of a chain. */
    CHAIN_ALTERNATIVES("an event has more other causes than are shown"),

    /** Events of a group. */
    GROUP_SIZE("there are more members than are shown"),
    /** Keys of a group. */
    GROUP_KEYS("there are more keys than are followed"),

    /** Events by which clocks are corrected. */
    CLOCK_SAMPLE("clocks are corrected by what the first events of the selection tell"),
    /** Services whose clocks are compared. */
    CLOCK_SERVICES("the clocks of the services with the fewest causes and effects are not told"),
    /** Events that wait for their turn in a timeline. */
    TIMELINE_ORDER("events were told before it was certain that none comes before them"),
    /** Causes in a row of one event of a timeline. */
    TIMELINE_DEPTH("an event has more causes in a row than its depth says"),
    /** Causes of one event of a timeline. */
    TIMELINE_CAUSES("an event has more causes than were looked at; its depth may be less"),

    /** Events that delays are taken of. */
    DELAY_EVENTS("there are more events than were looked at"),
    /** Rules, or hops, that delays are told of. */
    DELAY_ROWS("there are more rules or hops than are told; delays of the others do not count"),
    /** Causes of one event that delays are taken of. */
    DELAY_CAUSES("an event has more causes than count for it"),

    /** Events of a run that are compared. */
    COMPARED_EVENTS("a run has more events than are compared; its first are"),
    /** Causes of one event of a run that are compared. */
    COMPARED_CAUSES("an event of a run has more causes than are compared"),
    /** Kinds of events whose order is compared. */
    COMPARED_ORDER("there are more kinds of events than are compared in their order"),
    /** Rows of each list of a comparison. */
    COMPARED_ROWS("a list of a comparison has more rows than are shown; the greatest changes are"),

    /** Verdicts that a report shows. */
    REPORT_SIZE("verdicts are counted that are not shown"),
    /** Verdicts that are kept. */
    MAX_VERDICTS("verdicts are counted that are not kept any more"),
    /** Services of which is kept what was heard of them. */
    HEARD_SERVICES(
            "of the services that were heard longest ago nothing is kept, and one that is heard"
                    + " again is counted anew"),
    /** Stored events that are looked at for one late event. */
    SEARCH_BUDGET(
            "late events were not all looked at, so that verdicts are counted as they were made and"
                    + " may read INCONCLUSIVE, of triggers"),
    /** Stored events that an expectation is tried on. */
    TRY_EVENTS("as many stored events were read as a definition is tried on; not those"),
    /** Alerts that an answer shows. */
    ALERTS_SHOWN("there are older alerts that may be candidates"),
    /** Alerts that are kept. */
    ALERTS_KEPT("older alerts are not kept any more"),

    /** Events that are looked at for traces, services, operations and calls. */
    TRACE_SEARCH("older events were not looked at"),
    /** Events of a trace. */
    TRACE_SIZE("a trace has more events than are shown"),

    /** Lines of the access log. */
    ACCESS_LINES("lines of the access log cannot be read, as one that a crash cut");

    private final String explanation;

    Bound(String explanation) {
        this.explanation = explanation;
    }

    /** A sentence for people, without its full stop. */
    public String explanation() {
        return explanation;
    }
}
