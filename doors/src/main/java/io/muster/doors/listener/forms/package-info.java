/// What several protocols write alike in their bodies: JSON of strangers, certificates and certificate requests in
/// text.
///
/// Every door may come in, so that a rule about strictness is kept in one place and holds at all of them. It must not
/// know any door, nor what a field means: a name, a rule or an answer of one protocol is that protocol's own.
@NullMarked
package io.muster.doors.listener.forms;

import org.jspecify.annotations.NullMarked;
