package io.muster.doors.objects;

import io.muster.core.device.Bytes;
import io.muster.doors.listener.HttpAnswer;
import io.muster.doors.listener.HttpDoor;
import io.muster.doors.listener.HttpExchange;
import java.util.Map;
import java.util.Optional;

/// Revocation lists and authorities' certificates, at the addresses that stand in every certificate (CRL distribution
/// point, authority information access). Everything else is 404.
public final class ObjectsDoor implements HttpDoor {

    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    /// A list may be replaced at any moment; a proxy may show the old one for this long.
    private static final int CRL_SECONDS = 60;

    /// The certificate of a key identifier stays what it is.
    private static final int AUTHORITY_SECONDS = 3_600;

    private final SignedObjects objects;

    public ObjectsDoor(SignedObjects objects) {
        this.objects = objects;
    }

    @Override
    public Optional<HttpAnswer> answer(HttpExchange exchange) {
        return ObjectPath.of(exchange.target().segments())
                .flatMap(path -> isRead(exchange) ? read(path, exchange) : Optional.of(readOnly()));
    }

    private static boolean isRead(HttpExchange exchange) {
        return exchange.method().equals("GET") || exchange.method().equals("HEAD");
    }

    private static HttpAnswer readOnly() {
        return HttpAnswer.methodNotAllowed("GET, HEAD");
    }

    private Optional<HttpAnswer> read(ObjectPath path, HttpExchange exchange) {
        return switch (path) {
            // RFC 5280 section 4.2.1.13
            case ObjectPath.Crl(String issuer, int shard) ->
                objects.crl(issuer, shard).map(crl -> answer(exchange, "application/pkix-crl", CRL_SECONDS, crl));
            // RFC 5280 section 4.2.2.1
            case ObjectPath.Authority(String issuer) ->
                objects.authority(issuer)
                        .map(certificate -> answer(exchange, "application/pkix-cert", AUTHORITY_SECONDS, certificate));
        };
    }

    private static HttpAnswer answer(HttpExchange exchange, String type, int seconds, Bytes object) {
        EntityTag tag = EntityTag.of(object);
        boolean known = exchange.fields().all("If-None-Match").stream().anyMatch(tag::isIn);
        HttpAnswer answer = known
                ? new HttpAnswer(304, Map.of(), NOTHING)
                : new HttpAnswer(200, Map.of("Content-Type", type), object);
        return answer.with("ETag", tag.value()).with("Cache-Control", "public, max-age=" + seconds);
    }
}
