@NullMarked
package io.muster.core.access;

import org.jspecify.annotations.NullMarked;
