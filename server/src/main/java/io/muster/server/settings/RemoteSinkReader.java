package io.muster.server.settings;

import io.muster.core.device.Name;
import io.muster.outlets.hono.Access;
import io.muster.outlets.http.Peer;
import io.muster.outlets.mqtt.Broker;
import io.muster.outlets.mqtt.Publication;
import io.muster.outlets.mqtt.TopicTemplate;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the sinks that are servers of somebody else's. What is said to them is encrypted, but on this machine.
final class RemoteSinkReader {

    private static final Pattern SECONDS = Pattern.compile("([1-9][0-9]{0,2})s");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[::1]");
    private static final int LONGEST_TIMEOUT_SECONDS = 120;
    private static final int MOST_PARALLEL = 64;
    private static final int LONGEST_CLIENT_ID = 128;

    private RemoteSinkReader() {}

    static SinkSettings webhook(Name name, Map<SinkKey, String> values) {
        Peer peer = peer(name, values);
        return new SinkSettings.Webhook(
                name,
                url(name, values, "https", peer.allowPrivate() ? "http" : "https"),
                Path.of(SinkReader.required(name, values, SinkKey.SECRET_FILE))
                        .toAbsolutePath()
                        .normalize(),
                peer);
    }

    static SinkSettings mqtt(Name name, Map<SinkKey, String> values) {
        Broker broker = new Broker(
                url(name, values, "mqtts", "mqtt"),
                clientId(name, values),
                file(values, SinkKey.TRUST_FILE),
                login(name, values));
        return new SinkSettings.Mqtt(
                name,
                broker,
                new Publication(
                        template(name, SinkKey.TOPIC, SinkReader.required(name, values, SinkKey.TOPIC)),
                        SinkReader.text(values, SinkKey.RETAINED_TOPIC).map(text -> ofDevice(name, text))));
    }

    static SinkSettings hono(Name name, Map<SinkKey, String> values) {
        Peer peer = peer(name, values);
        URI url = url(name, values, "https", peer.allowPrivate() ? "http" : "https");
        if (url.getQuery() != null || !url.getPath().endsWith("/v1")) {
            throw new SettingsException(SinkReader.path(name, SinkKey.URL) + " is \"" + url
                    + "\"; it ends with the version of the API, such as https://registry.example.com/v1.");
        }
        return new SinkSettings.Hono(name, url, access(name, values), tenants(name, values), peer);
    }

    private static Access access(Name name, Map<SinkKey, String> values) {
        Optional<Path> token = file(values, SinkKey.TOKEN_FILE);
        Optional<Broker.Login> login = login(name, values);
        if (token.isPresent() && login.isPresent()) {
            throw new SettingsException(SinkReader.path(name, SinkKey.TOKEN_FILE) + " and "
                    + SinkReader.path(name, SinkKey.USER) + " are set: there is one of them, or none.");
        }
        return token.<Access>map(Access.Bearer::new)
                .or(() -> login.map(it -> new Access.Basic(it.user(), it.password())))
                .orElseGet(Access.Open::new);
    }

    private static Set<Name> tenants(Name name, Map<SinkKey, String> values) {
        return SinkReader.text(values, SinkKey.TENANTS).stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(word -> Name.parse(word.strip())
                        .orElseThrow(() -> new SettingsException(
                                SinkReader.path(name, SinkKey.TENANTS) + " has \"" + word + "\"; " + Name.RULE + ".")))
                .collect(Collectors.toSet());
    }

    private static Peer peer(Name name, Map<SinkKey, String> values) {
        return new Peer(
                file(values, SinkKey.TRUST_FILE),
                flag(name, values, SinkKey.ALLOW_PRIVATE),
                timeout(name, values),
                parallel(name, values));
    }

    /// @param onLoopback the scheme that may be used on this machine alone
    private static URI url(Name name, Map<SinkKey, String> values, String scheme, String onLoopback) {
        String text = SinkReader.required(name, values, SinkKey.URL);
        try {
            URI url = URI.create(text);
            boolean bare = url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null;
            boolean here = bare && LOOPBACK.matcher(url.getHost()).matches();
            if (bare && (scheme.equals(url.getScheme()) || (here && onLoopback.equals(url.getScheme())))) {
                return url;
            }
        } catch (IllegalArgumentException ignored) {
            // said below
        }
        throw new SettingsException(SinkReader.path(name, SinkKey.URL) + " is \"" + shown(text) + "\"; it looks like "
                + scheme + "://host.example.com, without a user or a password in it"
                + (scheme.equals(onLoopback) ? "." : ", or " + onLoopback + "://localhost on this machine."));
    }

    /// A password that somebody wrote into a URL is not said again.
    private static String shown(String url) {
        return url.replaceAll("//[^/]*@", "//…@");
    }

    private static String clientId(Name name, Map<SinkKey, String> values) {
        String id = SinkReader.text(values, SinkKey.CLIENT_ID).orElse("muster-" + name);
        if (id.length() > LONGEST_CLIENT_ID) {
            throw new SettingsException(
                    SinkReader.path(name, SinkKey.CLIENT_ID) + " is longer than " + LONGEST_CLIENT_ID + " characters.");
        }
        return id;
    }

    private static Optional<Broker.Login> login(Name name, Map<SinkKey, String> values) {
        Optional<String> user = SinkReader.text(values, SinkKey.USER);
        Optional<Path> password = file(values, SinkKey.PASSWORD_FILE);
        if (user.isPresent() != password.isPresent()) {
            throw new SettingsException(SinkReader.path(name, SinkKey.USER) + " and "
                    + SinkReader.path(name, SinkKey.PASSWORD_FILE) + " go together: set both or none.");
        }
        return user.flatMap(it -> password.map(file -> new Broker.Login(it, file)));
    }

    private static TopicTemplate ofDevice(Name name, String text) {
        TopicTemplate template = template(name, SinkKey.RETAINED_TOPIC, text);
        if (!template.isOfDevice()) {
            throw new SettingsException(SinkReader.path(name, SinkKey.RETAINED_TOPIC) + " is \"" + text
                    + "\"; it has {subject}, so that each device has its own, and no {type}.");
        }
        return template;
    }

    private static TopicTemplate template(Name name, SinkKey key, String text) {
        return TopicTemplate.parse(text)
                .orElseThrow(() -> new SettingsException(
                        SinkReader.path(name, key) + " is \"" + text + "\"; " + TopicTemplate.RULE + "."));
    }

    private static Duration timeout(Name name, Map<SinkKey, String> values) {
        String text = SinkReader.required(name, values, SinkKey.TIMEOUT);
        Matcher form = SECONDS.matcher(text);
        if (form.matches() && Integer.parseInt(form.group(1)) <= LONGEST_TIMEOUT_SECONDS) {
            return Duration.ofSeconds(Integer.parseInt(form.group(1)));
        }
        throw new SettingsException(SinkReader.path(name, SinkKey.TIMEOUT) + " is \"" + text
                + "\"; it is a length of time from 1s to " + LONGEST_TIMEOUT_SECONDS + "s.");
    }

    private static int parallel(Name name, Map<SinkKey, String> values) {
        String text = SinkReader.required(name, values, SinkKey.PARALLEL);
        if (text.matches("[1-9][0-9]?") && Integer.parseInt(text) <= MOST_PARALLEL) {
            return Integer.parseInt(text);
        }
        throw new SettingsException(SinkReader.path(name, SinkKey.PARALLEL) + " is \"" + text
                + "\"; it is a number from 1 to " + MOST_PARALLEL + ".");
    }

    private static boolean flag(Name name, Map<SinkKey, String> values, SinkKey key) {
        String text = SinkReader.required(name, values, key);
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new SettingsException(SinkReader.path(name, key) + " is \"" + text + "\"; it is true or false.");
        };
    }

    private static Optional<Path> file(Map<SinkKey, String> values, SinkKey key) {
        return SinkReader.text(values, key)
                .map(text -> Path.of(text).toAbsolutePath().normalize());
    }
}
