/// A scripted server over real HTTPS, and transcripts that drive it.
@NullMarked
package io.muster.cli.testkit;

import org.jspecify.annotations.NullMarked;
