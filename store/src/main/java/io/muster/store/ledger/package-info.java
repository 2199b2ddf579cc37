/// The ledger's ports on PostgreSQL: devices, certificates, tokens, attempts and operations, sealed and indexed
/// blindly.
///
/// What the pipeline hands in becomes rows here and goes to the lane; what is read is opened here. Only the assembly
/// comes in. It must not know how a transaction is run.
@NullMarked
package io.muster.store.ledger;

import org.jspecify.annotations.NullMarked;
