package io.muster.server.demo;

import io.muster.fleet.aws.AwsTarget;
import io.muster.fleet.aws.Format;
import io.muster.fleet.aws.Newcomer;
import io.muster.fleet.aws.Provisioning;
import io.muster.fleet.aws.ThingTemplate;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.dps.Target;
import io.muster.fleet.run.AwsRun;
import io.muster.fleet.run.FleetSummary;
import io.muster.fleet.run.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// The demo's things: each comes over MQTT with the claim certificate of its production line and nothing else, gets a
/// certificate of its own, and reports with it.
final class Things {

    /// As many as come within a second; the claim is made for them.
    static final int MOST = 100;

    private static final String TEMPLATE = "things";
    private static final String LINE = "line-1";
    private static final int AT_ONCE = 16;

    private final Operator operator;
    private final String tenant;
    private final X509Device claim = Maker.found("Demo Production").make(LINE);

    Things(Operator operator, String tenant) {
        this.operator = operator;
        this.tenant = tenant;
    }

    /// Makes the group with its template, and ties the claim certificate to it.
    void open(Path folder, List<String> hubs) throws IOException {
        Path template = Files.writeString(folder.resolve("things.json"), ThingTemplate.BODY);
        Path certificate = Files.writeString(folder.resolve("claim.pem"), claim.certificatePem());
        List<String> words = new ArrayList<>(List.of(
                "enrollment",
                "create",
                TEMPLATE,
                "--tenant",
                tenant,
                "--template",
                template.toString(),
                "--type",
                "thing"));
        hubs.forEach(hub -> words.addAll(List.of("--hub", hub)));
        operator.types(words.toArray(String[]::new));
        operator.types(
                "claim",
                "create",
                LINE,
                "--tenant",
                tenant,
                "--enrollment",
                TEMPLATE,
                "--cert",
                certificate.toString(),
                "--per-second",
                Integer.toString(MOST));
    }

    FleetSummary arrive(Target mqtt, int count, Consumer<Provisioning> witness) throws InterruptedException {
        List<String> names = IntStream.rangeClosed(1, count)
                .mapToObj("thing-%05d"::formatted)
                .toList();
        List<Newcomer> newcomers = new Keysmith()
                .requests(names).stream()
                        .map(request -> Newcomer.withKey(claim, request))
                        .toList();
        AwsTarget target = new AwsTarget(
                mqtt.base(), mqtt.trustAnchorPem(), TEMPLATE, Format.JSON, Optional.of(ThingTemplate.TELEMETRY));
        return new AwsRun(target, new Pace.AsFastAsServed(AT_ONCE), Patience.once()).run(newcomers, witness);
    }
}
