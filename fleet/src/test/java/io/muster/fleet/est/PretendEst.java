package io.muster.fleet.est;

import io.muster.fleet.dps.PretendDps;
import io.muster.fleet.dps.PretendDps.Answer;
import io.muster.fleet.dps.PretendDps.Seen;
import java.util.List;
import java.util.Map;

/// A small EST server on loopback: it certifies whatever asks, or answers as its script says.
public final class PretendEst implements AutoCloseable {

    /// What the server makes of one request.
    public interface Script {
        Answer answer(Seen request, PretendAuthority authority) throws Exception;
    }

    private final PretendAuthority authority = new PretendAuthority();
    private final PretendDps server;

    public PretendEst() throws Exception {
        this(PretendEst::certify);
    }

    public PretendEst(Script script) throws Exception {
        server = new PretendDps(request -> {
            try {
                return script.answer(request, authority);
            } catch (Exception e) {
                return new Answer(400, "text/plain", Map.of(), String.valueOf(e.getMessage()));
            }
        });
    }

    /// A certificate for the name and the key in the request.
    public static Answer certify(Seen request, PretendAuthority authority) throws Exception {
        return pkcs7(PretendAuthority.oneLine(authority.certify(PretendAuthority.parse(request.body()))));
    }

    public static Answer pkcs7(String body) {
        return new Answer(200, "application/pkcs7-mime; smime-type=certs-only", Map.of("Connection", "close"), body);
    }

    public static Answer refusal(int status, String words) {
        return new Answer(status, "text/plain", Map.of("Connection", "close"), words);
    }

    public EstTarget target() {
        return new EstTarget(server.target().base(), server.target().trustAnchorPem(), "acme.gates");
    }

    public List<Seen> seen() {
        return server.seen();
    }

    @Override
    public void close() {
        server.close();
    }
}
