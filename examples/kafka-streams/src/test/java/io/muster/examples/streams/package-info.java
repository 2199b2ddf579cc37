@NullMarked
package io.muster.examples.streams;

import org.jspecify.annotations.NullMarked;
