package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The one enrollment that a command is about.
final class EnrollmentTarget {

    @Parameters(paramLabel = "NAME", description = "The enrollment's name.")
    private String name = "";

    @Mixin
    private TenantOption tenant = new TenantOption();

    String path() {
        return tenant.path() + "/enrollments/" + AdminApi.encoded(name);
    }
}
