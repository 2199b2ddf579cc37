/// Who may come: tenants, and enrollments in immutable versions.
///
/// The pipeline comes in to recognize a caller, the desk to write. It knows devices, connectivity and doors; it must
/// not know how a proof is checked, nor where anything is stored.
@NullMarked
package io.muster.core.roster;

import org.jspecify.annotations.NullMarked;
