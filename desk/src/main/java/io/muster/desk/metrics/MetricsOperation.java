package io.muster.desk.metrics;

import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Reply;

/// Hands out what is measured.
public final class MetricsOperation {

    private final Exposition exposition;

    public MetricsOperation(Exposition exposition) {
        this.exposition = exposition;
    }

    public Reply get(Call call) {
        return Reply.text(Exposition.TYPE, exposition.text());
    }
}
