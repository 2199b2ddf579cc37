/// Kafka: a sink of two topics, every event and each device as it is; and one of a topic of devices' messages.
///
/// The assembly comes in. It must not know where events are kept until then, nor who reads the topics.
@NullMarked
package io.muster.outlets.kafka;

import org.jspecify.annotations.NullMarked;
