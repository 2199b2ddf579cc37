package io.muster.fleet.channel;

import io.muster.fleet.device.X509Device;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.Optional;

/// What one device wants from a server: what it says, and how it understands the answers. Each protocol brings its
/// own.
///
/// @param <E> the ways in which the errand ends
public interface Errand<E> {

    /// The identity that the device shows in the handshake, where it has one.
    Optional<X509Device> identity();

    /// Whether a deferred device may ask again on the connection that it has.
    boolean staysConnected();

    /// What the device says first, and says again when no answer came.
    FullHttpRequest request();

    /// What it says after it was deferred.
    FullHttpRequest poll(String operationId);

    /// The wall behind which an answer is believed.
    Judgment<E> judge(Reply reply);

    /// The ending where no valid answer arrived.
    E lost(String reason);
}
