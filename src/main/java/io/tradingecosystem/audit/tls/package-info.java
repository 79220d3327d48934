/**
 * What TLS is made of: {@link TlsFiles} reads certificates, keys and authorities from PEM files,
 * {@link KeyMaterial} makes a context of them, {@link SwitchingContext} lets a listener go over to
 * another one, {@link TlsRules} says which versions and suites are spoken.
 *
 * <p>Everything runs on the thread of the caller.
 *
 * {@snippet file="tls/TlsExampleTest.java" region="files"}
 */
@NullMarked
package io.tradingecosystem.audit.tls;

import org.jspecify.annotations.NullMarked;
