/// Provisioning templates and policies of AWS IoT, from JSON to the core's types and no further.
///
/// The core comes in by two ports: [io.muster.core.template.TemplateReader] and
/// [io.muster.core.permission.PolicyReader]. Here alone it is known how they are written in JSON, and where in the text
/// something is wrong. It must not know a device, a door or any other outlet, and it reaches nothing outside.
@NullMarked
package io.muster.outlets.aws;

import org.jspecify.annotations.NullMarked;
