package io.tradingecosystem.audit.topology;

import io.tradingecosystem.audit.topology.Edge.Connection;

/** That something went from one participant to another. */
record Hop(Participant source, Participant target, Connection connection) {}
