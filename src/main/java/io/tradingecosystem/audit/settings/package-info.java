/**
 * The file {@code app.yaml}, environment and system properties as validated records, one per room.
 * {@link Settings#load} is the way in.
 *
 * <p>Settings are read once, on the main thread, and are immutable.
 *
 * {@snippet file="settings/SettingsExampleTest.java" region="load"}
 */
@NullMarked
package io.tradingecosystem.audit.settings;

import org.jspecify.annotations.NullMarked;
