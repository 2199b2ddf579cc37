package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The one certificate profile that a command is about.
final class ProfileTarget {

    @Parameters(paramLabel = "NAME", description = "The certificate profile's name.")
    private String name = "";

    @Mixin
    private TenantOption tenant = new TenantOption();

    String path() {
        return tenant.path() + "/certificate-profiles/" + AdminApi.encoded(name);
    }
}
