/// What a device may do on a connection, by policies of AWS IoT: a pure function of documents, question and connection.
///
/// Whoever serves devices comes in with the documents that are stored with a certificate, operators to try them. It
/// knows how JSON is carried and nothing else; it must not know how a document is written (that is a
/// [io.muster.core.permission.PolicyReader]), nor a connection, nor a topic's subscribers.
///
/// Whatever is in doubt is not allowed: no statement allows by a variable that has no value, and every statement that
/// denies by one denies.
@NullMarked
package io.muster.core.permission;

import org.jspecify.annotations.NullMarked;
