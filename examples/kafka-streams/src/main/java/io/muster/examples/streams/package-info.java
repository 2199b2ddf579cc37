/// A job of a customer's: it reads what Muster writes to Kafka, and knows nothing of Muster but the two topics.
@NullMarked
package io.muster.examples.streams;

import org.jspecify.annotations.NullMarked;
