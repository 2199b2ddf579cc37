/// An installation in the hands of its operator: how it starts and stops, what commands say, what lies on its disk.
///
/// Everything goes by commands, files and the wire, as it does for an operator.
@NullMarked
package io.muster.server.install;

import org.jspecify.annotations.NullMarked;
