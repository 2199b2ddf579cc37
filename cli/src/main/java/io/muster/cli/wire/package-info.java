/// Reaching the admin API: where the server is, how it is trusted, what it answered.
///
/// Commands come in. It knows the JDK's HTTP client and JSON; it must not know any command or terminal.
@NullMarked
package io.muster.cli.wire;

import org.jspecify.annotations.NullMarked;
