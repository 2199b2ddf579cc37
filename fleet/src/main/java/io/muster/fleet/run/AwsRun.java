package io.muster.fleet.run;

import io.muster.fleet.aws.AwsClient;
import io.muster.fleet.aws.AwsTarget;
import io.muster.fleet.aws.Newcomer;
import io.muster.fleet.aws.Provisioning;
import io.muster.fleet.channel.Patience;
import java.util.function.Consumer;

/// Lets a fleet with claim certificates be provisioned and waits for the end of every device.
public final class AwsRun {

    private final AwsTarget target;
    private final Pace pace;
    private final Patience patience;

    public AwsRun(AwsTarget target, Pace pace, Patience patience) {
        this.target = target;
        this.pace = pace;
        this.patience = patience;
    }

    /// Makes things of all and returns when the last one has its end. The newcomers are asked for one by one, as they
    /// arrive.
    ///
    /// @param witness hears every end, on several threads at once; it must be quick and must not block
    public FleetSummary run(Iterable<Newcomer> newcomers, Consumer<Provisioning> witness) throws InterruptedException {
        Tally tally = new Tally();
        try (AwsClient client =
                new AwsClient(target, patience, Runtime.getRuntime().availableProcessors())) {
            return new Procession<Newcomer, Provisioning>(pace, client::provision, tally, tally::add)
                    .run(newcomers, witness);
        }
    }
}
