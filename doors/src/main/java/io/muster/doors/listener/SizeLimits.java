package io.muster.doors.listener;

/// How much a caller may send.
///
/// @param requestLine bytes of the request line
/// @param headers     bytes of all header fields together
/// @param body        bytes of a request's body
/// @param connections open at once; more wait in the accept queue of the kernel
/// @param pipelined   requests that may wait behind the one being answered
public record SizeLimits(int requestLine, int headers, int body, int connections, int pipelined) {

    /// What suits who only fetches.
    public static SizeLimits downloads() {
        return new SizeLimits(1024, 8 * 1024, 1024, 2_000, 4);
    }

    /// What suits devices: no request of theirs is larger.
    public static SizeLimits usual() {
        return new SizeLimits(8 * 1024, 16 * 1024, 64 * 1024, 20_000, 16);
    }
}
