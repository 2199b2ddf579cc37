/// The service API of Azure's Device Provisioning Service: its tools manage the enrollments of a tenant.
///
/// The desk's assembly comes in. It knows the exchange, how enrollments are read, and the forms of Azure that
/// imports know too; it must not know how a caller is recognized, nor where anything is stored.
@NullMarked
package io.muster.desk.dps;

import org.jspecify.annotations.NullMarked;
