/// The devices of a simulated fleet as their makers ship them: keys, certificates, tokens.
///
/// A maker owns a root and an intermediate CA and gives every device a key pair and a certificate of its own; a
/// device with a symmetric key derives it from its group's key; a keysmith makes keys and requests for those that want
/// a certificate. Everything is made beforehand, so that a run measures the server and not the factory.
///
/// Anybody may come in. This room knows no network, no server and nothing of ours.
@NullMarked
package io.muster.fleet.device;

import org.jspecify.annotations.NullMarked;
