/// A sink that keeps the device registry of Eclipse Hono as Muster's devices are, by the Device Registry Management API
/// (version 1).
///
/// The assembly comes in. It must not know where events are kept until then, nor what devices do with Hono.
@NullMarked
package io.muster.outlets.hono;

import org.jspecify.annotations.NullMarked;
