package io.weft.hub.platform.log;

import io.weft.policy.image.Hash;
import io.weft.policy.model.TenantId;

/**
 * The end of a tenant's log.
 *
 * @param incarnation number of the hub's data set; raised when a person releases a frozen tenant
 * @param position of the last entry; 0 for an empty log
 * @param hash of the last entry; {@link Hash#ZERO} for an empty log
 * @param revision counts changes of resources; facts do not move it
 * @param frozen nothing may be appended: a replica or an agent knew another history
 */
public record Head(TenantId tenant, long incarnation, long position, Hash hash, long revision, boolean frozen) {}
