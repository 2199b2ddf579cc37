@NullMarked
package io.muster.store.pack;

import org.jspecify.annotations.NullMarked;
