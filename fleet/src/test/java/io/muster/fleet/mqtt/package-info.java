/// The MQTT client against a scripted broker, and against somebody else's.
@NullMarked
package io.muster.fleet.mqtt;

import org.jspecify.annotations.NullMarked;
