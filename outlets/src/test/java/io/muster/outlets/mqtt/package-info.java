@NullMarked
package io.muster.outlets.mqtt;

import org.jspecify.annotations.NullMarked;
