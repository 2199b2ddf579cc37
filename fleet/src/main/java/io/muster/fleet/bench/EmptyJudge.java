package io.muster.fleet.bench;

import io.muster.fleet.channel.Judgment;
import io.muster.fleet.channel.Reply;
import io.muster.fleet.device.Device;
import io.muster.fleet.dps.Ending;
import io.muster.fleet.dps.Judge;

/// Expects what the floor answers: 200 and nothing.
final class EmptyJudge implements Judge {

    @Override
    public Judgment<Ending> judge(Device device, Reply reply) {
        boolean empty = reply.status() == 200 && reply.body().isEmpty();
        return new Judgment.Final<>(
                empty
                        ? new Ending.Enrolled(device.registrationId(), "floor")
                        : new Ending.Lost("the floor did not answer 200 without a body"));
    }
}
