/// Looks an installation over: each room of it that can be seen from here, one after the other.
///
/// The command `doctor` comes in. It knows the wire, JSON and the files that the server's operator may read; it must
/// not know what a page looks like.
@NullMarked
package io.muster.cli.doctor;

import org.jspecify.annotations.NullMarked;
