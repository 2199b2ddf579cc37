package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import picocli.CommandLine.Option;

/// Whose things a command is about.
final class TenantOption {

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            required = true,
            descriptionKey = StandingTenant.MARK,
            description = "The tenant's name; the tenant of the context if absent.")
    private String tenant = "";

    /// The tenant's path in the admin API.
    String path() {
        return "/tenants/" + AdminApi.encoded(tenant);
    }

    String name() {
        return tenant;
    }
}
