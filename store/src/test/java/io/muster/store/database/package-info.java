@NullMarked
package io.muster.store.database;

import org.jspecify.annotations.NullMarked;
