/// Other systems that are told what happens to devices: how they stand, and what an operator does to them.
///
/// The desk's list of operations comes in. It must not know which kinds of systems there are.
@NullMarked
package io.muster.desk.sinks;

import org.jspecify.annotations.NullMarked;
