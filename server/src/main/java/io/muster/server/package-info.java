/// The command that starts the house.
///
/// Nobody comes in: nobody knows this module. It reads the command line and opens [io.muster.server.house.House].
@NullMarked
package io.muster.server;

import org.jspecify.annotations.NullMarked;
