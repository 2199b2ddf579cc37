/// The assembly: which parts the house is made of, and in what order they open and close.
///
/// The commands come in to open a house. It is the one room that knows every other module; no rule of provisioning
/// lives here.
@NullMarked
package io.muster.server.house;

import org.jspecify.annotations.NullMarked;
