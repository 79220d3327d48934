package io.tradingecosystem.audit.peer;

import io.tradingecosystem.audit.settings.PeerPolicy;

import java.util.BitSet;

/** A phase of a {@link Breaker}; what it does is guarded by the breaker's lock. */
sealed interface BreakerPhase {
    BreakerState state();

    /** The phase that time has made of this one. */
    BreakerPhase at(long now);

    /** Whether one more call may go through. */
    boolean admits();

    /** A call goes through. */
    void admit();

    /** The phase after the end of a call that went through in this one. */
    BreakerPhase after(Outcome outcome, long now);

    /** All calls go through; the latest results are remembered. */
    final class Closed implements BreakerPhase {
        private final PeerPolicy.Breaker policy;
        private final BitSet failed;
        private int next;
        private int known;

        Closed(PeerPolicy.Breaker policy) {
            this.policy = policy;
            this.failed = new BitSet(policy.calls());
        }

        @Override
        public BreakerState state() {
            return BreakerState.CLOSED;
        }

        @Override
        public BreakerPhase at(long now) {
            return this;
        }

        @Override
        public boolean admits() {
            return true;
        }

        @Override
        public void admit() {}

        @Override
        public BreakerPhase after(Outcome outcome, long now) {
            if (outcome == Outcome.UNDECIDED) {
                return this;
            }
            failed.set(next, outcome == Outcome.FAILED);
            next = (next + 1) % policy.calls();
            known = Math.min(known + 1, policy.calls());
            boolean tooMany =
                    outcome == Outcome.FAILED
                            && known == policy.calls()
                            && failed.cardinality() >= policy.failureRatio() * policy.calls();
            return tooMany ? new Open(policy, now) : this;
        }
    }

    /** No call goes through until some time has passed. */
    final class Open implements BreakerPhase {
        private final PeerPolicy.Breaker policy;
        private final long since;

        Open(PeerPolicy.Breaker policy, long since) {
            this.policy = policy;
            this.since = since;
        }

        @Override
        public BreakerState state() {
            return BreakerState.OPEN;
        }

        @Override
        public BreakerPhase at(long now) {
            return left(now) <= 0 ? new HalfOpen(policy) : this;
        }

        /** The nanoseconds until calls are tried again. */
        long left(long now) {
            return policy.open().toNanos() - (now - since);
        }

        @Override
        public boolean admits() {
            return false;
        }

        @Override
        public void admit() {
            throw new IllegalStateException("the breaker is open");
        }

        @Override
        public BreakerPhase after(Outcome outcome, long now) {
            return this;
        }
    }

    /** As many calls go through as must succeed, no more at once. */
    final class HalfOpen implements BreakerPhase {
        private final PeerPolicy.Breaker policy;
        private int running;
        private int succeeded;

        HalfOpen(PeerPolicy.Breaker policy) {
            this.policy = policy;
        }

        @Override
        public BreakerState state() {
            return BreakerState.HALF_OPEN;
        }

        @Override
        public BreakerPhase at(long now) {
            return this;
        }

        @Override
        public boolean admits() {
            return running + succeeded < policy.trials();
        }

        @Override
        public void admit() {
            running++;
        }

        @Override
        public BreakerPhase after(Outcome outcome, long now) {
            running--;
            return switch (outcome) {
                case FAILED -> new Open(policy, now);
                case UNDECIDED -> this;
                case SUCCEEDED -> ++succeeded < policy.trials() ? this : new Closed(policy);
            };
        }
    }
}
