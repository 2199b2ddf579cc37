package io.muster.desk;

import io.muster.core.ledger.Attempts;
import io.muster.core.ledger.Devices;
import io.muster.core.roster.AnchorReader;
import io.muster.core.roster.Registrar;

/// What the desk asks of the house.
///
/// @param certificates reads the certificates that operators register
public record DeskPorts(Registrar registrar, AnchorReader certificates, Devices devices, Attempts attempts) {}
