package io.tradingecosystem.audit.egress;

import java.net.ConnectException;

/** No connection was made, because the address is one that is not called. */
public final class RefusedAddressException extends ConnectException {
    private static final long serialVersionUID = 1L;

    RefusedAddressException(String host, Refusal refusal) {
        super(host + " is not called: " + refusal);
    }
}
