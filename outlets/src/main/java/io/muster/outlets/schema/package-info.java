/// Holds what devices say of themselves against JSON Schemas of operators.
///
/// The core comes in by [io.muster.core.policy.FactsReader]. Here alone the library for schemas is known, and what of a
/// schema is taken: what could fetch, run without end or take more than a bounded time is refused when an operator
/// shows it. It must not know a device, a door or any other outlet, and it reaches nothing outside.
@NullMarked
package io.muster.outlets.schema;

import org.jspecify.annotations.NullMarked;
