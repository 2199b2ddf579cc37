package io.muster.server.house;

import io.muster.doors.listener.Listener;
import io.muster.doors.listener.SizeLimits;
import io.muster.doors.listener.TimeLimits;
import io.muster.doors.listener.Transport;
import io.muster.doors.objects.ObjectsDoor;
import io.muster.doors.objects.SignedObjects;
import io.muster.server.settings.Settings;
import io.muster.server.settings.SettingsException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/// The one listener without TLS: for CRLs and authorities' certificates, which are signed.
final class PlainFront implements AutoCloseable {

    private final Listener listener;
    private final URI url;

    private PlainFront(Listener listener, URI url) {
        this.listener = listener;
        this.url = url;
    }

    static PlainFront open(Transport transport, Settings.Listeners settings, int port, SignedObjects objects) {
        try {
            Listener listener = Listener.openPlain(
                    transport,
                    new InetSocketAddress(settings.host(), port),
                    List.of(new ObjectsDoor(objects)),
                    SizeLimits.downloads(),
                    TimeLimits.downloads());
            String name = settings.names().getFirst();
            String host = name.contains(":") ? "[" + name + "]" : name;
            return new PlainFront(
                    listener,
                    URI.create("http://" + host + ":" + listener.address().getPort()));
        } catch (IOException e) {
            throw new SettingsException("CRLs and CA certificates cannot be served on " + settings.host() + ":" + port
                    + " (" + Front.why(e) + "). Stop what uses that port, set listeners.objects.port to another one,"
                    + " or to off where another server publishes them.");
        }
    }

    /// Where it serves, by the first name of the listener.
    URI url() {
        return url;
    }

    int connections() {
        return listener.connections();
    }

    @Override
    public void close() {
        listener.close();
    }
}
