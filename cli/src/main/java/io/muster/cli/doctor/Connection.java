package io.muster.cli.doctor;

import io.muster.cli.wire.Handshake;
import io.muster.cli.wire.Handshake.Outcome;
import io.muster.cli.wire.Whereabouts;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The way from here to the desk: its name, its port, its certificate.
public final class Connection {

    /// Muster's own certificates are renewed long before.
    private static final Duration SOON = Duration.ofDays(7);

    private Connection() {}

    /// @param local whether the server should be on this machine
    public static List<Finding> findings(Whereabouts.Known server, Instant now, boolean local) {
        return switch (Handshake.with(server.url(), server.anchor())) {
            case Outcome.Sound(X509Certificate certificate) ->
                List.of(
                        Finding.ok(
                                "connection", server.url() + " answers over TLS, and its certificate has this name."),
                        life(certificate, now));
            case Outcome.Unresolved(String host) ->
                List.of(Finding.fail(
                        "connection",
                        "The name " + host + " is not known here.",
                        "Correct the address, or make the name known by DNS or /etc/hosts."));
            case Outcome.Unreachable(String address, String why) ->
                List.of(Finding.fail(
                        "connection",
                        "Nothing answers at " + address + " (" + why + ").",
                        local
                                ? "Start the server with muster up, or look into its output for why it stopped."
                                : "Start the server, open the port in between, or correct the address."));
            case Outcome.NoAnchor(var file, String why) ->
                List.of(Finding.fail(
                        "connection",
                        "The server's anchor cannot be read from " + file + " (" + why + ").",
                        "Copy trust/server-ca.pem of the server's data directory there."));
            case Outcome.Untrusted(String why) ->
                List.of(Finding.fail(
                        "connection",
                        "The certificate of " + server.url() + " is not trusted: " + why,
                        "Take the server's present trust/server-ca.pem; if it is that, look who answers there, and"
                                + " at the clocks of both machines."));
            case Outcome.OtherName(String host, String why) ->
                List.of(Finding.fail(
                        "connection",
                        "The certificate of the server is not for " + host + ": " + why,
                        "Use a name that it has, or add " + host + " to listeners.names and start the server again."));
        };
    }

    private static Finding life(X509Certificate certificate, Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        String what = "The desk's certificate is valid until " + end + ".";
        return end.isBefore(now.plus(SOON))
                ? Finding.warn(
                        "desk certificate",
                        what + " It should have been renewed by itself.",
                        "Look into the server's log; starting it again renews it.")
                : Finding.ok("desk certificate", what);
    }
}
