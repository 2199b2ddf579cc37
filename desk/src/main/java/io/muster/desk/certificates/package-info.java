/// Operations on what was issued: the certificates of devices, and the authority that signs them.
///
/// The desk's assembly may come in. It knows exchange, the tenants of the room roster, and core's ledger and issuance;
/// it reads certificates with the JDK alone, since they are our own, and must not know Vert.x.
@NullMarked
package io.muster.desk.certificates;

import org.jspecify.annotations.NullMarked;
