/// What goes wrong at the desk, and how it is said: problems of RFC 9457.
///
/// Everybody at the desk may come in. It knows no HTTP library and no operation.
@NullMarked
package io.muster.desk.problem;

import org.jspecify.annotations.NullMarked;
