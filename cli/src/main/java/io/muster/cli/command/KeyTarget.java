package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// One key.
final class KeyTarget {

    @Parameters(paramLabel = "ID", description = "The key's number, as muster key list shows it; not its text.")
    private String id = "";

    @Mixin
    private KeyPlace place = new KeyPlace();

    String path() {
        return place.path() + "/" + AdminApi.encoded(id);
    }

    String typed() {
        return place.typed();
    }
}
