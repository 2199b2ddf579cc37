/// Who may come, as the database holds it: tenants, regions, hubs, enrollments.
///
/// The pipeline reads from memory, one immutable edition at a time; operators write through the lane, while all lanes
/// stand still. The ledger room comes in to learn a tenant's number. It must not know devices.
@NullMarked
package io.muster.store.roster;

import org.jspecify.annotations.NullMarked;
