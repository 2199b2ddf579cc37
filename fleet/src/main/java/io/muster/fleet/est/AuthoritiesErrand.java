package io.muster.fleet.est;

import io.muster.fleet.channel.Errand;
import io.muster.fleet.channel.Judgment;
import io.muster.fleet.channel.Reply;
import io.muster.fleet.device.Pem;
import io.muster.fleet.device.X509Device;
import io.netty.handler.codec.http.FullHttpRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Certificate;

/// Somebody who wants to know the server's CA certificates, and shows nothing.
record AuthoritiesErrand(EstTarget target) implements Errand<Authorities> {

    @Override
    public Optional<X509Device> identity() {
        return Optional.empty();
    }

    @Override
    public boolean staysConnected() {
        return false;
    }

    @Override
    public FullHttpRequest request() {
        return EstRequests.authorities(target);
    }

    @Override
    public FullHttpRequest poll(String operationId) {
        return request();
    }

    @Override
    public Judgment<Authorities> judge(Reply reply) {
        return switch (reply.status()) {
            case 200 -> new Judgment.Final<>(known(reply));
            case 429, 500, 502, 503, 504 -> new Judgment.Unavailable<>(withheld(reply));
            default -> new Judgment.Final<>(withheld(reply));
        };
    }

    private static Authorities known(Reply reply) {
        return switch (CertsOnly.read(reply)) {
            case CertsOnly.Unreadable(String why) -> new Authorities.Lost(why);
            case CertsOnly.Certificates(List<Certificate> all) -> {
                try {
                    yield known(all);
                } catch (IOException | IllegalArgumentException | IllegalStateException e) {
                    yield new Authorities.Lost("a certificate in the answer is malformed");
                }
            }
        };
    }

    private static Authorities known(List<Certificate> all) throws IOException {
        StringBuilder pem = new StringBuilder();
        List<String> subjects = new ArrayList<>();
        for (Certificate certificate : all) {
            pem.append(Pem.encode("CERTIFICATE", certificate.getEncoded("DER")));
            subjects.add(certificate.getSubject().toString());
        }
        return new Authorities.Known(pem.toString(), subjects);
    }

    private static Authorities withheld(Reply reply) {
        return new Authorities.Withheld(reply.status(), Excerpt.of(reply.body()));
    }

    @Override
    public Authorities lost(String reason) {
        return new Authorities.Lost(reason);
    }
}
