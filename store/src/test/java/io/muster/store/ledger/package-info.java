@NullMarked
package io.muster.store.ledger;

import org.jspecify.annotations.NullMarked;
