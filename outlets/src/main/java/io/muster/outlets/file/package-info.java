/// Messages of devices in files: JSON, a message a line.
///
/// The assembly comes in; doors know the port in core. It must not know how a message came.
@NullMarked
package io.muster.outlets.file;

import org.jspecify.annotations.NullMarked;
