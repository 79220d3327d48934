package io.tradingecosystem.audit.access;

import io.helidon.webserver.http.ServerRequest;

import java.io.InputStream;

/**
 * The body of a request, whose bytes are taken from the caller's allowance: what is announced when
 * no more than the head was read, the others as they are read. For one thread.
 */
public final class LimitedBody {
    private final Allowance allowance;
    private long paid;
    private boolean counted = true;

    private LimitedBody(Allowance allowance, long paid) {
        this.allowance = allowance;
        this.paid = paid;
    }

    /**
     * Passes a request by its head.
     *
     * @throws LimitExceededException if something is owed
     */
    static void begin(ServerRequest request, Allowance allowance) {
        long announced = request.headers().contentLength().orElse(0);
        LimitedBody body = new LimitedBody(allowance, allowance.begin(announced));
        request.context().register(body);
        request.streamFilter(body::metered);
    }

    /** From now on whoever reads the body record by record takes the bytes of each. */
    public static void byRecords(ServerRequest request) {
        request.context().get(LimitedBody.class).ifPresent(LimitedBody::leave);
    }

    private void leave() {
        counted = false;
        allowance.charge(-paid);
    }

    private InputStream metered(InputStream body) {
        return counted ? new MeteredStream(body, this::count) : body;
    }

    private void count(long more) {
        long covered = Math.min(paid, more);
        paid -= covered;
        allowance.charge(more - covered);
    }
}
