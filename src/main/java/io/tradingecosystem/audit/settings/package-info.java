/** {@code app.yaml}, environment and system properties as validated records, one per room. */
@NullMarked
package io.tradingecosystem.audit.settings;

import org.jspecify.annotations.NullMarked;
