/// What an audit entry holds under its seal, and the numbers of what can be done.
///
/// Whoever writes an operator's act comes in, and who reads the audit. It must not know tables, lanes or keys.
@NullMarked
package io.muster.store.audit;

import org.jspecify.annotations.NullMarked;
