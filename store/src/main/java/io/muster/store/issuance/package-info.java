/// What issues certificates and takes them back, as the database holds it: the authorities' keys, and the CRLs.
///
/// The issuer comes in for its keys, the listener of signed objects for CRLs. It knows tenants by the roster; it must
/// not know devices, nor how a CRL is signed.
@NullMarked
package io.muster.store.issuance;

import org.jspecify.annotations.NullMarked;
