import { useSyncExternalStore } from 'react';
import { sessionState, subscribe, type OpenSession, type RoleName } from '~/api/session-state';
import { useTenant } from './navigate';

/** What people may do, as `docs/access.md` tells; the hub decides, this only says it beforehand. */
export type Action = 'read' | 'enrol' | 'edit' | 'tokens' | 'audit';

const MAY: Readonly<Record<Action, readonly RoleName[]>> = {
  read: ['viewer', 'operator', 'editor', 'auditor', 'admin'],
  enrol: ['operator', 'editor', 'admin'],
  edit: ['editor', 'admin'],
  tokens: ['admin'],
  audit: ['auditor', 'admin'],
};

const WORDS: Readonly<Record<Action, string>> = {
  read: 'see this',
  enrol: 'add and revoke clusters',
  edit: 'change resources',
  tokens: 'manage tokens',
  audit: 'read the audit log',
};

export function allows(roles: readonly RoleName[], action: Action): boolean {
  return MAY[action].some((role) => roles.includes(role));
}

/** Why not, and who can: `Only editor or admin may change resources in tenant demo; you are viewer.` */
export function refusal(roles: readonly RoleName[], action: Action, tenant: string): string {
  const who = MAY[action];
  const list = who.length === 1 ? who[0] : `${who.slice(0, -1).join(', ')} or ${who[who.length - 1] ?? ''}`;
  return `Only the role ${list ?? ''} may ${WORDS[action]} in tenant ${tenant}; you are ${roles.length === 0 ? 'no member' : roles.join(', ')}.`;
}

export function useSession(): OpenSession | undefined {
  const session = useSyncExternalStore(subscribe, () => sessionState().session);
  return session?.authenticated ? session : undefined;
}

export interface Permission {
  allowed: boolean;
  /** Why not; empty when allowed. */
  reason: string;
}

export function usePermission(action: Action): Permission {
  const tenant = useTenant();
  const roles = useSession()?.tenants.find((each) => each.name === tenant)?.roles ?? [];
  const allowed = allows(roles, action);
  return { allowed, reason: allowed ? '' : refusal(roles, action, tenant) };
}
