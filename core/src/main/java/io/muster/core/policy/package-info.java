/// May it, and as what: the decision, a pure function of what was attested and of a snapshot.
///
/// The pipeline comes in with an attested request and what the ledger knew at one moment; the same inputs give the
/// same verdict, so that a decision can be tried without effect and replayed. It must not know a clock, a lock or a
/// store.
@NullMarked
package io.muster.core.policy;

import org.jspecify.annotations.NullMarked;
