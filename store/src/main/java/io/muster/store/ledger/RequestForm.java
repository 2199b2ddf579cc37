package io.muster.store.ledger;

import io.muster.core.attestation.Standing;
import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Serial;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.AlternativeName;
import io.muster.core.door.CertificateRequest.Asked;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.roster.TokenId;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import io.muster.store.sealing.Octets;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// How the standing of a deferred try is written, and the certificate that it asked for.
final class RequestForm {

    private static final int BY_IDENTITY = 1;
    private static final int BY_TOKEN = 2;
    private static final int BY_CERTIFICATE = 3;
    private static final int BY_CREATION = 4;

    private RequestForm() {}

    static void write(Packer out, Standing standing) {
        switch (standing) {
            case Standing.ByIdentity() -> out.number(BY_IDENTITY);
            case Standing.ByToken it ->
                out.number(BY_TOKEN).octets(Ids.octets(it.token().value()).raw());
            case Standing.ByCreation it ->
                out.number(BY_CREATION).octets(it.serial().octets().toArray());
            case Standing.ByCertificate it ->
                out.number(BY_CERTIFICATE)
                        .octets(it.serial().octets().toArray())
                        .number(it.notAfter().toEpochMilli());
        }
    }

    static Standing readStanding(Unpacker in) {
        int kind = in.integer();
        return switch (kind) {
            case BY_IDENTITY -> new Standing.ByIdentity();
            case BY_TOKEN -> new Standing.ByToken(new TokenId(Ids.uuid(Octets.of(in.octets()))));
            case BY_CREATION -> new Standing.ByCreation(new Serial(Bytes.of(in.octets())));
            case BY_CERTIFICATE ->
                new Standing.ByCertificate(new Serial(Bytes.of(in.octets())), Instant.ofEpochMilli(in.number()));
            default ->
                throw new IllegalStateException("An operation holds a kind of standing (" + kind
                        + ") that this version of Muster does not know.");
        };
    }

    static void write(Packer out, CertificateRequest request) {
        Asked asked = request.asked();
        out.text(request.purpose().name())
                .octets(request.der().toArray())
                .octets(request.publicKey().toArray())
                .text(request.algorithm().name())
                .text(asked.subject())
                .octets(asked.subjectDer().toArray())
                .maybe(asked.commonName())
                .list(asked.names(), (to, name) -> to.text(name.kind().name()).text(name.value()))
                .number(asked.authority() ? 1 : 0)
                .list(List.copyOf(asked.purposes()), Packer::text)
                .maybe(asked.newSubject())
                .number(asked.channelBinding() ? 1 : 0);
    }

    static CertificateRequest readRequest(Unpacker in) {
        return new CertificateRequest(
                Purpose.valueOf(in.text()),
                Bytes.of(in.octets()),
                Bytes.of(in.octets()),
                KeyAlgorithm.valueOf(in.text()),
                readAsked(in));
    }

    private static Asked readAsked(Unpacker in) {
        return new Asked(
                in.text(),
                Bytes.of(in.octets()),
                in.maybe(),
                in.list(from -> new AlternativeName(AlternativeName.Kind.valueOf(from.text()), from.text())),
                in.number() == 1,
                Set.copyOf(in.list(Unpacker::text)),
                in.maybe(),
                in.number() == 1);
    }
}
