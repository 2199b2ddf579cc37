package io.muster.store.database;

import io.muster.core.device.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// Where the database is, checked: over a network only with `sslmode=verify-full`.
///
/// @param url        JDBC form, without user and password
/// @param user       who connects
/// @param password   empty where the server asks for none
public record DatabaseAddress(String url, String user, Optional<Secret> password) {

    private static final String JDBC = "jdbc:";

    /// Parses `database.url`: `jdbc:postgresql://host:port/database?…` or `postgresql://user:password@host/database`.
    ///
    /// @throws UnusableDatabaseException when it is no such address, or would send identity data in the clear
    public static DatabaseAddress parse(String text) {
        String url = text.startsWith(JDBC) ? text : fromUri(text);
        Map<String, String> parts = parts(url);
        refuseWithoutTls(parts);
        String user = parts.getOrDefault("user", "muster");
        Optional<Secret> password = Optional.ofNullable(parts.get("password"))
                .map(word -> Secret.of(word.getBytes(StandardCharsets.UTF_8)));
        return new DatabaseAddress(withoutCredentials(url), user, password);
    }

    private static Map<String, String> parts(String url) {
        try {
            Map<String, String> parts = new HashMap<>();
            for (DriverPropertyInfo part : DriverManager.getDriver(url).getPropertyInfo(url, new Properties())) {
                if (part.value != null) {
                    parts.put(part.name, part.value);
                }
            }
            return parts;
        } catch (SQLException e) {
            throw notAnAddress();
        }
    }

    private static void refuseWithoutTls(Map<String, String> parts) {
        String hosts = parts.getOrDefault("PGHOST", "localhost");
        boolean near = Stream.of(hosts.split(",")).allMatch(DatabaseAddress::loopback);
        if (!near && !"verify-full".equals(parts.get("sslmode"))) {
            throw new UnusableDatabaseException("database.url leads over the network to " + hosts
                    + " without sslmode=verify-full: whoever stands between could read and change what devices enroll."
                    + " Add sslmode=verify-full and sslrootcert=<the server's CA> to the address.");
        }
    }

    private static boolean loopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
    }

    private static String fromUri(String text) {
        try {
            URI uri = new URI(text);
            String scheme = Optional.ofNullable(uri.getScheme()).orElse("");
            if (uri.getHost() == null || !(scheme.equals("postgresql") || scheme.equals("postgres"))) {
                throw notAnAddress();
            }
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
            return JDBC + "postgresql://" + uri.getHost() + port + uri.getRawPath() + "?" + query + credentials(uri);
        } catch (URISyntaxException e) {
            throw notAnAddress();
        }
    }

    private static String credentials(URI uri) {
        String info = Optional.ofNullable(uri.getRawUserInfo()).orElse("");
        int colon = info.indexOf(':');
        String user = colon < 0 ? info : info.substring(0, colon);
        return (user.isEmpty() ? "" : "&user=" + user) + (colon < 0 ? "" : "&password=" + info.substring(colon + 1));
    }

    private static String withoutCredentials(String url) {
        return url.replaceAll("([?&])(user|password)=[^&]*", "$1").replaceAll("&&+", "&");
    }

    private static UnusableDatabaseException notAnAddress() {
        return new UnusableDatabaseException("database.url is not the address of a PostgreSQL database."
                + " It looks like jdbc:postgresql://host:5432/muster?user=muster&password=…&sslmode=verify-full");
    }

    @Override
    public String toString() {
        return url.replaceAll("\\?.*", "");
    }
}
