@NullMarked
package io.muster.outlets.hono;

import org.jspecify.annotations.NullMarked;
