/// Devices at the hub that is built in, with the unmodified SDK of Azure and with clients of plain MQTT.
@NullMarked
package io.muster.server.hub;

import org.jspecify.annotations.NullMarked;
