/** Every door a question comes in by: gRPC, REST, live streams. They only translate. */
@NullMarked
package io.tradingecosystem.audit.query;

import org.jspecify.annotations.NullMarked;
