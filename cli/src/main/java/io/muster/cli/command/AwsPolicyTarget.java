package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The one policy with a name that a command is about.
final class AwsPolicyTarget {

    @Parameters(paramLabel = "NAME", description = "The policy's name; case counts.")
    private String name = "";

    @Mixin
    private TenantOption tenant = new TenantOption();

    String path() {
        return tenant.path() + "/aws-policies/" + AdminApi.encoded(name);
    }
}
