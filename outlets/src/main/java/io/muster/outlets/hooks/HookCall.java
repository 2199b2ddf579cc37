package io.muster.outlets.hooks;

import io.muster.core.connectivity.HookUrl;
import io.muster.core.device.Bytes;
import io.muster.outlets.http.PublicAddresses;
import io.muster.outlets.http.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/// One POST: signed, without redirects, over within its time whatever the other side does.
final class HookCall {

    static final int MAX_ANSWER = 64 * 1024;

    private final HookTerms terms;
    private final InstantSource clock;
    private final GuardedSockets sockets;
    private final Semaphore places;

    HookCall(HookTerms terms, InstantSource clock) {
        this.terms = terms;
        this.clock = clock;
        this.sockets = new GuardedSockets(
                context(terms.anchors()).getSocketFactory(),
                address -> terms.privateToo() || PublicAddresses.include(address));
        this.places = new Semaphore(terms.callsAtOnce());
    }

    /// What came of a call.
    sealed interface Reply {

        record Answered(Bytes body) implements Reply {}

        /// @param why to be read after "The hook"
        record Failed(String why) implements Reply {}

        /// It was not made: too many are, at this moment.
        record Busy() implements Reply {}
    }

    Reply post(HookUrl hook, byte[] body) {
        if (!terms.allows(hook)) {
            return new Reply.Failed("is not called: hooks.allow does not list its URL");
        }
        if (!places.tryAcquire()) {
            return new Reply.Busy();
        }
        AtomicReference<Reply> reply = new AtomicReference<>(late());
        AtomicReference<Optional<HttpsURLConnection>> line = new AtomicReference<>(Optional.empty());
        Thread caller = Thread.ofVirtual().name("hook").start(() -> {
            try {
                reply.set(exchange(hook, body, line));
            } finally {
                places.release();
            }
        });
        if (waited(caller)) {
            return reply.get();
        }
        caller.interrupt();
        line.get().ifPresent(HttpsURLConnection::disconnect);
        return late();
    }

    private Reply late() {
        return new Reply.Failed("did not answer within " + terms.time().toMillis() + " ms");
    }

    private boolean waited(Thread caller) {
        try {
            return caller.join(terms.time());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Reply exchange(HookUrl hook, byte[] body, AtomicReference<Optional<HttpsURLConnection>> line) {
        try {
            HttpsURLConnection connection =
                    (HttpsURLConnection) hook.uri().toURL().openConnection(Proxy.NO_PROXY);
            line.set(Optional.of(connection));
            prepare(connection, body);
            connection.getOutputStream().write(body);
            return answered(connection);
        } catch (GuardedSockets.Forbidden e) {
            return new Reply.Failed("is not called: its address is not public, and hooks.allow-private is not set");
        } catch (SSLException e) {
            return new Reply.Failed("cannot be trusted: its certificate is not for its name, or leads to no anchor");
        } catch (UnknownHostException e) {
            return new Reply.Failed("cannot be reached: its name leads nowhere");
        } catch (SocketTimeoutException e) {
            return late();
        } catch (IOException e) {
            return new Reply.Failed("cannot be reached, or broke off");
        }
    }

    private void prepare(HttpsURLConnection connection, byte[] body) throws IOException {
        String id = "msg_" + UUID.randomUUID();
        long seconds = clock.instant().getEpochSecond();
        int millis = Math.toIntExact(terms.time().toMillis());
        connection.setSSLSocketFactory(sockets);
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setUseCaches(false);
        connection.setDoOutput(true);
        connection.setRequestMethod("POST");
        // With a fixed length the JDK does not send a body a second time by itself.
        connection.setFixedLengthStreamingMode(body.length);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("User-Agent", "Muster");
        connection.setRequestProperty("Connection", "close");
        connection.setRequestProperty("webhook-id", id);
        connection.setRequestProperty("webhook-timestamp", String.valueOf(seconds));
        connection.setRequestProperty(
                "webhook-signature", Signature.of(terms.secret().reveal(), id, seconds, body));
    }

    private static Reply answered(HttpsURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status != 200) {
            connection.disconnect();
            return new Reply.Failed(
                    status >= 300 && status < 400
                            ? "answered with a redirect (" + status + "), which is not followed"
                            : "answered with status " + status);
        }
        try (InputStream in = connection.getInputStream()) {
            byte[] answer = in.readNBytes(MAX_ANSWER + 1);
            if (answer.length > MAX_ANSWER) {
                connection.disconnect();
                return new Reply.Failed("answered with more than " + MAX_ANSWER + " bytes");
            }
            return new Reply.Answered(Bytes.of(answer));
        }
    }

    private static SSLContext context(Optional<KeyStore> anchors) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(anchors.orElse(null));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the anchors for hooks cannot be used", e);
        }
    }
}
