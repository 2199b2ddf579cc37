/// Asks operators' own services, over HTTPS, and believes little of what they say.
///
/// The core comes in by [io.muster.core.policy.Hooks]. Here alone it is known how a question is written (AWS IoT's and
/// Azure's published shapes), how it is signed, and where it may go: only where the operator's list leads, to the
/// address that was looked at, with a time limit and an end to every answer. It must not know a door, a store or any
/// other outlet, nor decide what an answer means.
@NullMarked
package io.muster.outlets.hooks;

import org.jspecify.annotations.NullMarked;
