/// MQTT as a device's bytes meet it.
@NullMarked
package io.muster.doors.mqtt;

import org.jspecify.annotations.NullMarked;
