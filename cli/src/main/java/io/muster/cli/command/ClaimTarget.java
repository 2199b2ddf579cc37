package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The one claim that a command is about.
final class ClaimTarget {

    @Parameters(paramLabel = "NAME", description = "The claim's name.")
    private String name = "";

    @Mixin
    private TenantOption tenant = new TenantOption();

    String path() {
        return tenant.path() + "/claims/" + AdminApi.encoded(name);
    }
}
