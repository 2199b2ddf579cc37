package io.muster.doors.listener;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;

/// Why a handshake failed, in one of a few words: what a stranger sends must not make up names of its own.
final class HandshakeFailure {

    /// What BoringSSL and the JDK say, and our word for it; the first that is found counts.
    private static final List<Map.Entry<String, String>> WORDS = List.of(
            Map.entry("NO_SHARED_CIPHER", "no_shared_cipher"),
            Map.entry("NO CIPHER SUITES IN COMMON", "no_shared_cipher"),
            Map.entry("NO_SHARED_GROUP", "no_shared_group"),
            Map.entry("WRONG_CURVE", "no_shared_group"),
            Map.entry("UNSUPPORTED_PROTOCOL", "unsupported_version"),
            Map.entry("WRONG_VERSION_NUMBER", "unsupported_version"),
            Map.entry("PROTOCOL_VERSION", "unsupported_version"),
            Map.entry("CLIENT REQUESTED PROTOCOL", "unsupported_version"),
            Map.entry("HTTP_REQUEST", "not_tls"),
            Map.entry("EXCESSIVE_MESSAGE_SIZE", "too_large"),
            Map.entry("BAD_SIGNATURE", "bad_client_certificate"),
            Map.entry("CERTIFICATE_VERIFY_FAILED", "bad_client_certificate"),
            Map.entry("UNKNOWN_CA", "server_not_trusted"),
            Map.entry("CERTIFICATE_UNKNOWN", "server_not_trusted"),
            Map.entry("BAD_CERTIFICATE", "server_not_trusted"),
            Map.entry("CERTIFICATE_EXPIRED", "server_not_trusted"));

    private HandshakeFailure() {}

    static String reason(Throwable cause) {
        return switch (cause) {
            case SslHandshakeTimeoutException ignored -> "timeout";
            case NotSslRecordException ignored -> "not_tls";
            case ClosedChannelException ignored -> "closed";
            case SSLException said -> word(said);
            default -> "other";
        };
    }

    private static String word(SSLException said) {
        String text = String.valueOf(said.getMessage()).toUpperCase(Locale.ROOT);
        return WORDS.stream()
                .filter(entry -> text.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(text.contains("ALERT") ? "client_alert" : "other");
    }
}
