/**
 * What definition files say: which events are meant, what joins them, and the folder they are in.
 * {@link DefinitionWatch} brings what is in force into line with a folder.
 */
@NullMarked
package io.tradingecosystem.audit.definition;

import org.jspecify.annotations.NullMarked;
