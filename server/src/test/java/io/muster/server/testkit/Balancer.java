package io.muster.server.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Spreads connections over nodes, one after the other; a node that takes none is passed over.
public final class Balancer implements AutoCloseable {

    private static final int WAITING = 512;

    private final ServerSocket door;
    private final List<Integer> ports;
    private final AtomicInteger next = new AtomicInteger();

    private Balancer(ServerSocket door, List<Integer> ports) {
        this.door = door;
        this.ports = ports;
    }

    public static Balancer over(Integer... ports) throws IOException {
        Balancer balancer =
                new Balancer(new ServerSocket(0, WAITING, InetAddress.getLoopbackAddress()), List.of(ports));
        Thread.startVirtualThread(balancer::accept);
        return balancer;
    }

    public int port() {
        return door.getLocalPort();
    }

    /// How many it has spread: one after the other over the nodes.
    public int connections() {
        return next.get();
    }

    private void accept() {
        try {
            while (!door.isClosed()) {
                Socket device = door.accept();
                Thread.startVirtualThread(() -> lead(device));
            }
        } catch (IOException e) {
            if (!door.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void lead(Socket device) {
        int first = next.getAndIncrement();
        for (int i = 0; i < ports.size(); i++) {
            Optional<Socket> node = connect(ports.get(Math.floorMod(first + i, ports.size())));
            if (node.isPresent()) {
                Thread.startVirtualThread(() -> copy(node.get(), device));
                copy(device, node.get());
                return;
            }
        }
        close(device);
    }

    private static Optional<Socket> connect(int port) {
        try {
            return Optional.of(new Socket(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// A connection that breaks on one side breaks on the other.
    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException ignored) {
            // The device notices by itself.
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
