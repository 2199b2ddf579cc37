/// Files of JSON, a document a line: messages of devices, and events as a sink is told of them.
///
/// The assembly comes in; doors know the port in core. It must not know how a message came, nor where
/// events are kept until then.
@NullMarked
package io.muster.outlets.file;

import org.jspecify.annotations.NullMarked;
