/**
 * Definitions of rules and expectations: files of a folder say them, events of the log put them in
 * force and withdraw them. A {@link DefinitionKind} says how one is read; {@link DefinitionWatch}
 * brings what is in force into line with a folder.
 *
 * <p>The room has no thread of its own: a folder is looked at on the thread of the follower that
 * works with its definitions.
 *
 * {@snippet file="definition/DefinitionExampleTest.java" region="pattern"}
 */
@NullMarked
package io.tradingecosystem.audit.definition;

import org.jspecify.annotations.NullMarked;
