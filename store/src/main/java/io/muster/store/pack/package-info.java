/// How values are written into a sealed blob: compact, versioned, no names of fields.
///
/// Every room that seals comes in. It must not know what the values mean.
@NullMarked
package io.muster.store.pack;

import org.jspecify.annotations.NullMarked;
