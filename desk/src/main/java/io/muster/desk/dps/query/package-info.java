/// Queries of Azure's service API: the part of their language that is served, and nothing of it by a database.
///
/// The service API comes in. It knows JSON and how a request is refused; it must not know enrollments.
@NullMarked
package io.muster.desk.dps.query;

import org.jspecify.annotations.NullMarked;
