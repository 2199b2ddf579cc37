/// Keys of the desk: who may come besides the holder of the first token.
///
/// The desk's assembly comes in. It knows the exchange and how tenants are named; it must not know how a key is
/// recognized, nor where it is stored.
@NullMarked
package io.muster.desk.keys;

import org.jspecify.annotations.NullMarked;
