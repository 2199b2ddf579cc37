/// The certificate authority of each tenant: its keys are made at the first use, its certificates and CRLs are built,
/// linted and signed.
///
/// The assembly comes in to hand the issuer to core and the CRLs to the ledger. It knows codec, engine and lint; it
/// knows no protocol and no store, and it decides nothing: what it is ordered was permitted before.
@NullMarked
package io.muster.x509.issuing;

import org.jspecify.annotations.NullMarked;
