/// A sink that publishes each event to an MQTT 5 broker, and keeps each device as it is in a retained message.
///
/// The assembly comes in. It must not know where events are kept until then, nor who subscribes.
@NullMarked
package io.muster.outlets.mqtt;

import org.jspecify.annotations.NullMarked;
