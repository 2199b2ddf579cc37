package io.muster.fleet.est;

import io.muster.fleet.channel.Errand;
import io.muster.fleet.channel.Judgment;
import io.muster.fleet.channel.Reply;
import io.muster.fleet.device.SymmetricDevice;
import io.muster.fleet.device.TokenDevice;
import io.muster.fleet.device.UnprovenDevice;
import io.muster.fleet.device.X509Device;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.Optional;

/// A device that wants a certificate. Each shows what EST understands; a symmetric key is not among it.
record CertificateErrand(EstTarget target, Operation operation, Applicant applicant, EstJudge judge)
        implements Errand<Issuance> {

    @Override
    public Optional<X509Device> identity() {
        return switch (applicant.device()) {
            case X509Device owner -> Optional.of(owner);
            case TokenDevice _, SymmetricDevice _, UnprovenDevice _ -> Optional.empty();
        };
    }

    private Optional<String> authorization() {
        return switch (applicant.device()) {
            case TokenDevice owner -> Optional.of(owner.basicCredentials());
            case X509Device _, SymmetricDevice _, UnprovenDevice _ -> Optional.empty();
        };
    }

    @Override
    public boolean staysConnected() {
        return false;
    }

    @Override
    public FullHttpRequest request() {
        return EstRequests.certificate(target, operation, applicant.request().der(), authorization());
    }

    @Override
    public FullHttpRequest poll(String operationId) {
        return request();
    }

    @Override
    public Judgment<Issuance> judge(Reply reply) {
        return judge.judge(applicant, operation, reply);
    }

    @Override
    public Issuance lost(String reason) {
        return new Issuance.Lost(reason);
    }
}
