/// Who may do what at the desk: principals, roles, actions, scopes.
///
/// The desk comes in before every operation, and every write carries a [io.muster.core.access.Warrant] for the audit.
/// It knows names only; it must not know how a principal proves itself, nor where it is stored.
@NullMarked
package io.muster.core.access;

import org.jspecify.annotations.NullMarked;
