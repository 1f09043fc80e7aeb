package io.weft.agent.live;

import io.weft.protocol.Digest;
import io.weft.protocol.Place;

/** The bundle that was applied last. */
record Target(Digest version, Place place) {}
