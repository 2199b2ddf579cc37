package io.muster.desk;

import io.muster.core.access.Principals;
import io.muster.core.access.Repeats;
import io.muster.core.door.RequestReader;
import io.muster.core.flow.Rehearsal;
import io.muster.core.issuance.Issuer;
import io.muster.core.ledger.Attempts;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Devices;
import io.muster.core.roster.Imports;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Tokens;
import java.time.InstantSource;

/// What the desk asks of the house.
///
/// @param anchors      certificates that operators register
/// @param rehearsal    decides without effect
/// @param requests     reads the certificate requests of samples
/// @param certificates those that were issued to devices
/// @param records      what is done to devices, and what is told of it afterwards
/// @param provisioning how devices with claims are let in
public record DeskPorts(
        Registrar registrar,
        AnchorPorts anchors,
        Imports imports,
        Tokens tokens,
        Devices devices,
        Attempts attempts,
        Rehearsal rehearsal,
        RequestReader requests,
        Certificates certificates,
        RecordPorts records,
        ProvisioningPorts provisioning,
        Issuer issuer,
        Principals principals,
        Repeats repeats,
        InstantSource clock) {}
