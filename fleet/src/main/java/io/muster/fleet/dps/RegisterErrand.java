package io.muster.fleet.dps;

import io.muster.fleet.channel.Errand;
import io.muster.fleet.channel.Judgment;
import io.muster.fleet.channel.Reply;
import io.muster.fleet.device.Device;
import io.muster.fleet.device.X509Device;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.Optional;

/// A device that wants to be assigned.
record RegisterErrand(Device device, Credentials credentials, Requests requests, Judge judge)
        implements Errand<Ending> {

    @Override
    public Optional<X509Device> identity() {
        return credentials.identity();
    }

    @Override
    public boolean staysConnected() {
        return true;
    }

    @Override
    public FullHttpRequest request() {
        return requests.register();
    }

    @Override
    public FullHttpRequest poll(String operationId) {
        return requests.poll(operationId);
    }

    @Override
    public Judgment<Ending> judge(Reply reply) {
        return judge.judge(device, reply);
    }

    @Override
    public Ending lost(String reason) {
        return new Ending.Lost(reason);
    }
}
