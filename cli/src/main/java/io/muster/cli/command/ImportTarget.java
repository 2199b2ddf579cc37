package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The import that a command is about.
final class ImportTarget {

    @Parameters(paramLabel = "ID", description = "The import's number, as muster import list shows it.")
    private String id = "";

    @Mixin
    private TenantOption tenant = new TenantOption();

    String id() {
        return id;
    }

    TenantOption tenant() {
        return tenant;
    }

    String path() {
        return tenant.path() + "/imports/" + AdminApi.encoded(id);
    }
}
