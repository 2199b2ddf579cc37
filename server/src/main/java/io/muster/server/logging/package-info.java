/// How the log is written.
///
/// The command that starts the house comes in, and Logback, by logback.xml. It knows settings; what is logged it
/// passes on as it is, but harmless: nothing in it can break a line or move a terminal.
@NullMarked
package io.muster.server.logging;

import org.jspecify.annotations.NullMarked;
