package io.muster.desk.wire;

import io.muster.core.access.Principal;
import io.muster.desk.exchange.Caller;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Keeps with a request who asks, from the gate to the operation.
public final class Callers {

    private static final String PRINCIPAL = "muster.principal";
    private static final String NUMBER = "muster.request";
    private static final String NUMBER_HEADER = "X-Request-Id";

    private Callers() {}

    /// The gate knows them.
    public static void welcome(RoutingContext request, Principal principal) {
        request.put(PRINCIPAL, principal);
    }

    /// Gives the request its number, which the answer carries too.
    public static void number(RoutingContext request) {
        String number = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        request.put(NUMBER, number);
        request.response().putHeader(NUMBER_HEADER, number);
    }

    static Caller of(RoutingContext request) {
        @Nullable Principal principal = request.get(PRINCIPAL);
        @Nullable String number = request.get(NUMBER);
        return new Caller(Optional.ofNullable(principal), address(request), number == null ? "" : number);
    }

    /// Where the request came from.
    public static String address(RoutingContext request) {
        @Nullable SocketAddress remote = request.request().remoteAddress();
        return remote == null || remote.hostAddress() == null ? "unknown" : remote.hostAddress();
    }
}
