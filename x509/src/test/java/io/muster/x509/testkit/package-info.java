/// Authorities and certificates for tests, good and bad ones alike, made by Bouncy Castle.
///
/// Tests of this module and of those above it come in; production code never does.
@NullMarked
package io.muster.x509.testkit;

import org.jspecify.annotations.NullMarked;
