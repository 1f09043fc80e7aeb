package io.weft.protocol;

/**
 * A difference as it came to an agent, with what it leads from and to.
 *
 * @param from version of the bundle that must be held; {@link Digest#NONE}: the transfer is the whole bundle, and
 *     nothing of what was held stays
 * @param positionHash hash of the log's record at that position, or none
 */
public record Transfer(Digest version, Digest from, Place place, Digest positionHash, Difference difference) {}
