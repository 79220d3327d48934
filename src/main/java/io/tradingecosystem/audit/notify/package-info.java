/**
 * Tells others of verdicts: {@link NotificationService} gives each webhook of the settings the
 * verdicts that fit its filter, as CloudEvents that are signed as Standard Webhooks says, in the
 * order in which they were made, at least once. What a receiver has acknowledged is on record, so
 * that one that is down loses nothing. The room is pure Java over the faces of {@code store} and
 * {@code scenario}.
 *
 * <p>Each webhook has a virtual thread named {@code webhook-NAME}; one more, {@code webhooks},
 * waits for verdicts. Questions run on the threads of those who ask.
 *
 * {@snippet file="notify/NotifyExampleTest.java" region="notify"}
 */
@NullMarked
package io.tradingecosystem.audit.notify;

import org.jspecify.annotations.NullMarked;
