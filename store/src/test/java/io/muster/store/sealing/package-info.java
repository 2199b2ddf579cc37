@NullMarked
package io.muster.store.sealing;

import org.jspecify.annotations.NullMarked;
