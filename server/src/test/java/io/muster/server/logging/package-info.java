/// How the log is written.
@NullMarked
package io.muster.server.logging;

import org.jspecify.annotations.NullMarked;
