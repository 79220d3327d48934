/**
 * Definitions of rules and expectations: files of a folder say them, events of the log put them in
 * force and withdraw them. A {@link DefinitionKind} says how one is read; {@link DefinitionWatch}
 * brings what is in force into line with a folder.
 */
@NullMarked
package io.tradingecosystem.audit.definition;

import org.jspecify.annotations.NullMarked;
