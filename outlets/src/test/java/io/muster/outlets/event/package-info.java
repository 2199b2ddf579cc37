@NullMarked
package io.muster.outlets.event;

import org.jspecify.annotations.NullMarked;
