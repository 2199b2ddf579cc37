package io.muster.server.settings;

import io.muster.core.device.Name;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Everything that can be set.
///
/// @param data the data directory
/// @param listeners where devices knock
/// @param desk where operators do
/// @param databaseUrl an external PostgreSQL; empty for the bundled one
/// @param keyring the folder of the keys; shared by all nodes on one database
/// @param messages where goes what connected devices say
/// @param pki the certificate authorities of the tenants
/// @param contestWindow within it, an identity key that comes from two networks is in two places
/// @param hub the hub that is built in
/// @param telling what the server tells of itself
/// @param sinks other systems that are told what happens to devices
/// @param hooks operators' own services that are asked
public record Settings(
        Path data,
        Listeners listeners,
        DeskAddress desk,
        Optional<String> databaseUrl,
        Path keyring,
        Messages messages,
        Pki pki,
        Duration contestWindow,
        Hub hub,
        Telling telling,
        List<SinkSettings> sinks,
        HookSettings hooks) {

    public Settings {
        sinks = List.copyOf(sinks);
    }

    /// @param host the address to listen on
    /// @param names the names under which devices reach it; they stand in the server's certificate
    /// @param tenantDomain under which each tenant has a name of its own, in lower case
    /// @param httpsPort 0 for any free one
    /// @param mqttPort of the listener for MQTT alone, 0 for any free one; empty for none
    /// @param objectsPort of the plain HTTP listener for signed objects, 0 for any free one; empty for none
    /// @param brought a certificate and key of the user's own, in place of those of Muster's TLS CA
    public record Listeners(
            String host,
            List<String> names,
            Optional<String> tenantDomain,
            int httpsPort,
            OptionalInt mqttPort,
            OptionalInt objectsPort,
            Optional<Brought> brought) {
        public Listeners {
            names = List.copyOf(names);
        }

        /// What stands in the server's certificate: the names of the tenants' endpoints, too.
        public List<String> certificateNames() {
            return Stream.concat(names.stream(), tenantDomain.map(it -> "*." + it).stream())
                    .distinct()
                    .toList();
        }
    }

    /// @param baseUrl where CRLs and CA certificates can be fetched; empty for the listener of this node
    /// @param subject in text (RFC 4514), with the placeholder `{tenant}`
    public record Pki(
            Optional<URI> baseUrl,
            String subject,
            Duration rootLife,
            Duration issuingLife,
            Duration crlLife,
            int crlShards) {}

    /// PEM files: the chain, and the key in PKCS#8.
    public record Brought(Path certificate, Path key) {}

    /// @param folder     of the files that come with Muster
    /// @param quarantine a sink for what is put aside; empty for a file in that folder
    /// @param routes     in the order of their names
    public record Messages(Path folder, Optional<Name> quarantine, List<RouteSettings> routes) {
        public Messages {
            routes = List.copyOf(routes);
        }
    }

    /// @param port 0 for any free one
    public record DeskAddress(String host, int port) {}

    /// @param hearsQuarantined whether a device in quarantine may report
    public record Hub(boolean hearsQuarantined) {}

    /// @param log how the log is written
    /// @param level what is logged
    /// @param traces where traces go by OTLP; empty for nowhere
    /// @param tracePercent of how many tries in a hundred
    public record Telling(LogFormat log, LogLevel level, Optional<URI> traces, int tracePercent) {}

    /// How the log is written.
    public enum LogFormat {
        TEXT,
        JSON
    }

    /// What is logged, and what is graver.
    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }
}
