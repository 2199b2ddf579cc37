/// A Kafka of one broker for trying and measuring, and a look at what stands in its topics.
///
/// Benchmarks and the demo come in. It must not know who fills the topics.
@NullMarked
package io.muster.fleet.kafka;

import org.jspecify.annotations.NullMarked;
