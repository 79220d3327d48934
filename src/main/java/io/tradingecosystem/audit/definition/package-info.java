/**
 * What definition files say: which events are meant ({@link EventPattern}), what joins them ({@link
 * JoinKey}), and the folder they are in. {@link DefinitionWatch} brings what is in force into line
 * with a folder.
 *
 * <p>The room has no thread of its own: a folder is looked at on the thread of the follower that
 * works with its definitions.
 *
 * {@snippet file="definition/DefinitionExampleTest.java" region="pattern"}
 */
@NullMarked
package io.tradingecosystem.audit.definition;

import org.jspecify.annotations.NullMarked;
