/// A sink that posts each event to a receiver over HTTPS, signed as Standard Webhooks say.
///
/// The assembly comes in. It must not know where events are kept until then, nor what the receiver makes of them.
@NullMarked
package io.muster.outlets.webhook;

import org.jspecify.annotations.NullMarked;
