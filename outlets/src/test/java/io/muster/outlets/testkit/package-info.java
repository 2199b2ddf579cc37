/// What tests of several outlets need.
@org.jspecify.annotations.NullMarked
package io.muster.outlets.testkit;
