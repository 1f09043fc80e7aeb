package io.weft.agent.live;

/** An object as the API server has it: newer ones have the same UID and a higher generation. */
record Expected(String uid, long generation) {}
