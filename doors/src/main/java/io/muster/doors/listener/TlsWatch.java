package io.muster.doors.listener;

/// Hears how handshakes end. It is called on the connection's event loop: it answers at once and throws nothing.
public interface TlsWatch {

    /// Hears nothing.
    TlsWatch NOBODY = new TlsWatch() {
        @Override
        public void agreed(String version, String group) {}

        @Override
        public void failed(String reason) {}
    };

    /// A handshake succeeded.
    ///
    /// @param version such as `TLSv1.3`
    /// @param group the group of the key exchange, as BoringSSL names it; `unknown` where the JDK's TLS does
    ///     not tell
    void agreed(String version, String group);

    /// A handshake failed.
    ///
    /// @param reason one of a few words, see [HandshakeFailure]
    void failed(String reason);
}
