/// What happened: one act is state, audit entry and event in one transaction, and nothing else writes devices.
///
/// The pipeline comes in to look and to record, the desk to read. It knows what stands above it; it must not know a
/// database, nor how anything is sealed.
@NullMarked
package io.muster.core.ledger;

import org.jspecify.annotations.NullMarked;
