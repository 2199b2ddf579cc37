/// The files of a user, as they are kept and as somebody has written them.
@NullMarked
package io.muster.cli.wire;

import org.jspecify.annotations.NullMarked;
