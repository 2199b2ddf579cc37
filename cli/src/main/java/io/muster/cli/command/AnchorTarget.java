package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The one anchor that a command is about.
final class AnchorTarget {

    @Parameters(paramLabel = "NAME", description = "The anchor's name.")
    private String name = "";

    @Mixin
    private TenantOption tenant = new TenantOption();

    String path() {
        return tenant.path() + "/anchors/" + AdminApi.encoded(name);
    }

    String tenant() {
        return tenant.name();
    }
}
