/// One request and one answer, free of the HTTP library: what an operation is called with and what it gives back.
///
/// Every operation of the desk may come in. It knows problems and JSON; it must not know Vert.x or any operation.
@NullMarked
package io.muster.desk.exchange;

import org.jspecify.annotations.NullMarked;
