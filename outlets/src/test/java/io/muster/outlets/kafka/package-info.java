@NullMarked
package io.muster.outlets.kafka;

import org.jspecify.annotations.NullMarked;
