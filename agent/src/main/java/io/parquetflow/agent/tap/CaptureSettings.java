package io.parquetflow.agent.tap;

import java.util.Set;

/**
 * What a capture takes.
 *
 * @param maxPayload bytes of a payload that are kept
 * @param sampleOf one of so many is taken
 * @param filter by address
 * @param outerPackages of libraries that have a tap of their own: what their sockets receive is theirs to tell
 */
public record CaptureSettings(int maxPayload, int sampleOf, Filter filter, Set<String> outerPackages) {}
