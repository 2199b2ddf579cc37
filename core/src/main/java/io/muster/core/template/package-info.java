/// AWS provisioning templates: parameters in, a thing with its certificate, policies and configuration out. Pure.
///
/// The roster keeps templates, the flow makes instances of them, operators try them without effect. It knows devices'
/// names only; it must not know how a template is written in JSON (that is a [io.muster.core.template.TemplateReader]),
/// nor what becomes of an instance, nor what a policy says.
@NullMarked
package io.muster.core.template;

import org.jspecify.annotations.NullMarked;
