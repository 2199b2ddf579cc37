package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The one device that a command is about.
final class DeviceTarget {

    @Parameters(paramLabel = "DEVICE", description = "Its registration id or its outward device id.")
    private String device = "";

    @Mixin
    private TenantOption tenant = new TenantOption();

    String device() {
        return device;
    }

    String path() {
        return tenant.path() + "/devices/" + AdminApi.encoded(device);
    }
}
