package io.muster.server.hub;

import com.microsoft.azure.sdk.iot.device.DeviceClient;
import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/// Hears how a client's connection fares.
///
/// @param heard every status, in order
/// @param over  when it was first told that it is not connected any more, by [System#nanoTime]
record Watcher(List<IotHubConnectionStatus> heard, CompletableFuture<Long> over) {

    static Watcher of(DeviceClient client) {
        Watcher watcher = new Watcher(new CopyOnWriteArrayList<>(), new CompletableFuture<>());
        client.setConnectionStatusChangeCallback(
                context -> {
                    watcher.heard.add(context.getNewStatus());
                    boolean was = context.getPreviousStatus() == IotHubConnectionStatus.CONNECTED;
                    if (was && context.getNewStatus() != IotHubConnectionStatus.CONNECTED) {
                        watcher.over.complete(System.nanoTime());
                    }
                },
                "");
        return watcher;
    }
}
