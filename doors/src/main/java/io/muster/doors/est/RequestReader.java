package io.muster.doors.est;

import io.muster.core.device.Bytes;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.doors.est.EstRequest.KeyDelivery;
import io.muster.doors.listener.HttpExchange;
import io.muster.x509.codec.CertificateRequestReader;
import io.muster.x509.codec.CertificateRequestReader.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads one enrollment, in the order credentials, media type, body, name; the first fault decides. Credentials come
/// first because some clients send a first request without any, only to be asked for them.
final class RequestReader {

    static final String DOOR = "est";

    private static final String MEDIA_TYPE = "application/pkcs10";

    private RequestReader() {}

    static EstRequest read(EstPath.Enroll path, HttpExchange exchange) {
        Client client = new Client(exchange.peer().chain());
        return switch (Credentials.of(exchange.fields().first("Authorization"))) {
            case Credentials.Malformed(String what) -> unreadable(new Refusal.TokenMalformed(what));
            case Credentials.None() ->
                client.chain().isEmpty()
                        ? unreadable(new Refusal.EvidenceMissing())
                        : read(path, exchange, client, Optional.empty());
            case Credentials.Basic basic -> read(path, exchange, client, Optional.of(basic));
        };
    }

    private static EstRequest read(
            EstPath.Enroll path, HttpExchange exchange, Client client, Optional<Credentials.Basic> basic) {
        if (!isRequest(exchange.fields().first("Content-Type").orElse(""))) {
            return new EstRequest.OtherMedia(new Refusal.Unsupported("A body that is not " + MEDIA_TYPE));
        }
        return switch (RequestBody.read(exchange.body())) {
            case RequestBody.Refused(Refusal refusal) -> unreadable(refusal);
            case RequestBody.Der(Bytes der) ->
                switch (CertificateRequestReader.read(der.toArray(), path.purpose())) {
                    case Reading.Refused(Refusal refusal) -> unreadable(refusal);
                    case Reading.Read read -> enroll(path, exchange, client, basic, read);
                };
        };
    }

    private static EstRequest enroll(
            EstPath.Enroll path,
            HttpExchange exchange,
            Client client,
            Optional<Credentials.Basic> basic,
            Reading.Read read) {
        Optional<RegistrationId> id = name(basic, client, read.request());
        if (id.isEmpty()) {
            return unreadable(new Refusal.MalformedRegistrationId());
        }
        EnrollmentRequest request = new EnrollmentRequest(
                DOOR,
                path.label().map(label -> label.tenant().value()),
                path.label().flatMap(EstLabel::enrollment),
                id.get(),
                evidence(client, basic),
                Optional.of(read.request()),
                Optional.empty(),
                exchange.peer().source());
        return delivery(read, client)
                .<EstRequest>map(delivery -> new EstRequest.Enroll(request, delivery))
                .orElseGet(() -> unreadable(new Refusal.Unsupported(
                        "Encrypting a key for anything but the certificate that the client presents")));
    }

    /// Who says nothing in Basic is called as its certificate says, else as its request says.
    private static Optional<RegistrationId> name(
            Optional<Credentials.Basic> basic, Client client, CertificateRequest request) {
        Optional<String> user = basic.map(Credentials.Basic::user).filter(it -> !it.isEmpty());
        return user.isPresent()
                ? user.flatMap(RegistrationId::parse)
                : client.commonName()
                        .flatMap(RegistrationId::parse)
                        .or(() -> request.asked().commonName().flatMap(RegistrationId::parse));
    }

    private static List<Evidence> evidence(Client client, Optional<Credentials.Basic> basic) {
        List<Evidence> evidence = new ArrayList<>(2);
        if (!client.chain().isEmpty()) {
            evidence.add(new Evidence.CertificateChain(client.chain()));
        }
        basic.ifPresent(it -> evidence.add(new Evidence.OneTimeToken(it.password())));
        return evidence;
    }

    /// RFC 7030 section 4.4.1: encryption that is asked for is given or refused, never left out. Empty where it
    /// cannot be given: no shared secrets are kept here, and of all certificates only the one that is presented is
    /// surely the caller's own.
    private static Optional<KeyDelivery> delivery(Reading.Read read, Client client) {
        if (read.request().purpose() != CertificateRequest.Purpose.GENERATE_KEY) {
            return Optional.of(new KeyDelivery.InConnection());
        }
        if (read.symmetricKeyAsked()) {
            return Optional.empty();
        }
        return read.asymmetricKeyIdentifier().isEmpty()
                ? Optional.of(new KeyDelivery.InConnection())
                : client.recipient(read.asymmetricKeyIdentifier().get()).map(KeyDelivery.Sealed::new);
    }

    private static boolean isRequest(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().equalsIgnoreCase(MEDIA_TYPE);
    }

    private static EstRequest unreadable(Refusal refusal) {
        return new EstRequest.Unreadable(refusal);
    }
}
