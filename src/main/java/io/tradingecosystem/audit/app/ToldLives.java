package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.peer.PeerLife;
import io.tradingecosystem.audit.peer.PeerObserver;
import io.tradingecosystem.audit.registry.RegistryStatistics.State;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.scenario.LifeReports;

/**
 * Tells the log which peers are alive. That a registry which is away knows no instance says
 * nothing.
 */
record ToldLives(LifeReports lives, ServiceRegistry registry) implements PeerObserver {
    @Override
    public void found(PeerLife life) {
        switch (life.state()) {
            case ALIVE -> lives.alive(life.service(), life.asked(), life.at(), life.detail());
            case DEAD -> lives.dead(life.service(), life.at(), life.detail());
            case ABSENT -> absent(life);
            case UNKNOWN -> {}
        }
    }

    private void absent(PeerLife life) {
        if (registry.statistics().state() == State.CONNECTED) {
            lives.absent(life.service(), life.at(), life.detail());
        }
    }
}
