package io.muster.outlets.webhook;

import io.muster.core.device.Bytes;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.Sink;
import io.muster.core.ledger.SinkUnavailable;
import io.muster.outlets.event.EventJson;
import io.muster.outlets.http.Ask;
import io.muster.outlets.http.HttpClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// A sink that posts each event by itself. An event counts when the receiver answers with 2xx.
public final class Webhook implements Sink, AutoCloseable {

    /// What came of a window that did not go through: told again, it goes on where it ended. A receiver that takes a
    /// hundred events a minute would otherwise be told the first hundred for ever.
    private record Begun(String first, Set<String> taken) {}

    private final URI url;
    private final Path secrets;
    private final HttpClient client;
    private final int parallel;
    private final InstantSource clock;
    private final EventJson form = new EventJson();
    private final AtomicReference<Optional<Event>> witness = new AtomicReference<>(Optional.empty());
    private Optional<Begun> begun = Optional.empty();

    private Webhook(URI url, Path secrets, HttpClient client, int parallel, InstantSource clock) {
        this.url = url;
        this.secrets = secrets;
        this.client = client;
        this.parallel = parallel;
        this.clock = clock;
    }

    /// @param secrets  the file with the signing secrets; read again for each window, so that they can be changed
    /// @param parallel devices whose events are under way at once
    /// @throws IOException when the secrets cannot be used, in words
    public static Webhook of(URI url, Path secrets, HttpClient client, int parallel, InstantSource clock)
            throws IOException {
        SigningSecrets.read(secrets);
        return new Webhook(url, secrets, client, parallel, clock);
    }

    @Override
    public List<Poison> deliver(List<Event> events) {
        SigningSecrets signing = signing();
        String first = events.getFirst().id();
        Set<String> taken = ConcurrentHashMap.newKeySet();
        begun.filter(it -> it.first().equals(first)).ifPresent(it -> taken.addAll(it.taken()));
        begun = Optional.empty();
        try {
            return new Delivery(event -> post(event, signing), parallel, taken, witness).of(events);
        } catch (SinkUnavailable e) {
            begun = Optional.of(new Begun(first, new HashSet<>(taken)));
            throw e;
        }
    }

    private SigningSecrets signing() {
        try {
            return SigningSecrets.read(secrets);
        } catch (IOException e) {
            throw new SinkUnavailable("The file of the signing secrets cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private Verdict post(Event event, SigningSecrets signing) {
        byte[] body = form.of(event);
        Instant now = clock.instant();
        Map<String, String> headers = Map.of(
                "Content-Type", EventJson.MEDIA_TYPE,
                "webhook-id", event.id(),
                "webhook-timestamp", Long.toString(now.getEpochSecond()),
                "webhook-signature", signing.signature(event.id(), now.getEpochSecond(), body));
        try {
            return Verdict.of(client.ask(new Ask(Ask.Method.POST, url, headers, Optional.of(Bytes.of(body)))), now);
        } catch (IOException e) {
            return new Verdict.Later("The receiver cannot be reached: " + e.getMessage() + ".", Duration.ZERO);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
