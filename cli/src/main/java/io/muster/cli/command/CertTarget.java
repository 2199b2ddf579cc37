package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The one certificate that a command is about.
final class CertTarget {

    @Parameters(
            paramLabel = "SERIAL",
            description =
                    "Its serial number in hexadecimal, with or without colons, as openssl x509 -serial prints it.")
    private String serial = "";

    @Mixin
    private TenantOption tenant = new TenantOption();

    /// openssl x509 -serial prints `serial=` before it.
    String path() {
        return tenant.path() + "/certificates/" + AdminApi.encoded(serial.replaceFirst("^serial=", ""));
    }
}
