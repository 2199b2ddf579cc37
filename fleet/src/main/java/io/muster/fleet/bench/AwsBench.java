package io.muster.fleet.bench;

import io.muster.fleet.aws.AwsTarget;
import io.muster.fleet.aws.Newcomer;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.run.AwsRun;
import java.io.IOException;
import java.util.List;

/// Measures newcomers that become things at the AWS door, all with one claim certificate.
record AwsBench(Server server, Gauge gauge, AwsOptions options) {

    private static final String CLAIM = "line-1";

    List<Phase> run(String tenant, Maker maker) throws IOException, InterruptedException {
        X509Device claim = maker.make(CLAIM);
        String template = new ProvisioningSetup(server.admin(), tenant).open(claim);
        AwsTarget target = server.awsTarget(template, options.telemetry());
        Crowd<Newcomer> crowd = gauge.gather(names -> newcomers(claim, names));
        Visit<Newcomer> visit = (pace, newcomers) -> new AwsRun(target, pace, Patience.once()).run(newcomers, _ -> {});
        gauge.warmUp(visit, crowd.warmup());
        return gauge.measure(options.deed(), visit, crowd.top(), crowd.half());
    }

    private List<Newcomer> newcomers(X509Device claim, List<String> names) {
        return options.serverKeys()
                ? names.stream().map(name -> Newcomer.withoutKey(claim, name)).toList()
                : Fleets.newcomers(claim, names);
    }
}
