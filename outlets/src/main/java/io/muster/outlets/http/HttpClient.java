package io.muster.outlets.http;

import io.muster.core.device.Bytes;
import io.muster.outlets.credential.TrustAnchors;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// A client that does what [Peer] says and nothing by itself: no redirect, no repetition, no cookie, no proxy.
public final class HttpClient implements AutoCloseable {

    /// More of an answer nobody reads.
    static final int LARGEST_BODY = 8 * 1024 * 1024;

    private static final int LONGEST_LINE = 16 * 1024;
    private static final int MOST_HEADERS = 100;
    private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(30);

    private final Peer peer;
    private final CloseableHttpClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HttpClient(Peer peer, CloseableHttpClient client) {
        this.peer = peer;
        this.client = client;
    }

    /// Connects with the first request, not now.
    ///
    /// @throws IOException when the trust anchors cannot be read
    public static HttpClient of(Peer peer) throws IOException {
        return of(peer, InetAddress::getAllByName);
    }

    static HttpClient of(Peer peer, CheckedNames.Resolver resolver) throws IOException {
        CloseableHttpClient client = HttpClients.custom()
                .setConnectionManager(connections(peer, resolver))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout(peer))
                        .setResponseTimeout(timeout(peer))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("Muster")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .evictExpiredConnections()
                .evictIdleConnections(LONGEST_IDLE)
                .build();
        return new HttpClient(peer, client);
    }

    private static PoolingHttpClientConnectionManager connections(Peer peer, CheckedNames.Resolver resolver)
            throws IOException {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(ClientTlsStrategyBuilder.create()
                        .setSslContext(TrustAnchors.context(peer.anchors()))
                        .setTlsVersions(TLS.V_1_2, TLS.V_1_3)
                        .setHostVerificationPolicy(HostnameVerificationPolicy.BUILTIN)
                        .buildClassic())
                .setDnsResolver(new CheckedNames(resolver, peer.allowPrivate()))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout(peer))
                        .setSocketTimeout(timeout(peer))
                        .build())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(LONGEST_LINE)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build())
                .setMaxConnPerRoute(peer.parallel())
                .setMaxConnTotal(peer.parallel())
                .build();
    }

    private static Timeout timeout(Peer peer) {
        return Timeout.of(peer.patience());
    }

    /// Asks, and waits for the whole answer; nothing of the request is in what it throws.
    ///
    /// @throws IOException when there is no answer, in words
    public Answer ask(Ask ask) throws IOException {
        HttpUriRequestBase request = new HttpUriRequestBase(ask.method().name(), ask.uri());
        ask.headers().forEach(request::setHeader);
        ask.body().ifPresent(body -> request.setEntity(new ByteArrayEntity(body.toArray(), type(ask))));
        try {
            Future<Answer> answer = threads.submit(() -> client.execute(request, HttpClient::read));
            return answer.get(peer.patience().multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole answer came in time", e);
        } catch (ExecutionException e) {
            throw worded(e.getCause() == null ? e : e.getCause());
        } catch (RejectedExecutionException e) {
            throw new IOException("the server stops", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server stops", e);
        } finally {
            request.cancel();
        }
    }

    private static ContentType type(Ask ask) {
        return ContentType.parse(ask.headers().getOrDefault("Content-Type", "application/json"));
    }

    private static Answer read(ClassicHttpResponse response) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        HttpEntity entity = response.getEntity();
        byte[] body = entity == null ? new byte[0] : entity.getContent().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new IOException("its answer is larger than " + LARGEST_BODY + " bytes");
        }
        return new Answer(response.getCode(), headers, Bytes.of(body));
    }

    private static IOException worded(Throwable cause) {
        String said =
                Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
        return cause instanceof SSLException
                ? new IOException("TLS fails: " + said, cause)
                : new IOException(said, cause);
    }

    /// What is under way fails.
    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        client.close();
    }
}
