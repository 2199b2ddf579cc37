@NullMarked
package io.muster.store.keyring;

import org.jspecify.annotations.NullMarked;
