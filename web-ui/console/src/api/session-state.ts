/** What `GET /session` of the edge answers. */
export interface SessionUser {
  name: string;
  displayName: string;
  email?: string;
}

export type RoleName = 'viewer' | 'operator' | 'editor' | 'admin' | 'auditor';

export interface TenantMembership {
  name: string;
  roles: readonly RoleName[];
}

export interface Csrf {
  headerName: string;
  token: string;
}

export interface OpenSession {
  authenticated: true;
  user: SessionUser;
  tenants: readonly TenantMembership[];
  csrf: Csrf;
  expiresAt?: string;
  issuer: { kind: 'embedded' | 'external'; accountUrl?: string };
  demo: boolean;
}

export interface NoSession {
  authenticated: false;
  loginUrl: string;
}

export type Session = OpenSession | NoSession;

export type SessionPhase = 'open' | 'over';

interface State {
  session: Session | undefined;
  phase: SessionPhase;
}

let state: State = { session: undefined, phase: 'open' };
const listeners = new Set<() => void>();

function change(next: State): void {
  state = next;
  listeners.forEach((listener) => listener());
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function sessionState(): State {
  return state;
}

export function csrf(): Csrf {
  const session = state.session;
  return session?.authenticated ? session.csrf : { headerName: 'X-CSRF-TOKEN', token: '' };
}

/** The server no longer knows this session. What is on the screen stays; a dialog asks to log in again. */
export function sessionIsOver(): void {
  if (state.phase !== 'over') change({ ...state, phase: 'over' });
}

/** Asks the edge who is logged in. A different person than before means a page that must be loaded anew. */
export async function readSession(signal?: AbortSignal): Promise<Session> {
  const response = await globalThis.fetch('/session', {
    headers: { Accept: 'application/json' },
    credentials: 'same-origin',
    cache: 'no-store',
    signal,
  });
  if (!response.ok) throw new Error(`/session answered ${response.status} (expected: 200)`);
  const read = (await response.json()) as Session;
  const before = state.session;
  if (read.authenticated) {
    if (before?.authenticated && before.user.name !== read.user.name) {
      globalThis.location.assign('/');
    }
    change({ session: read, phase: 'open' });
  } else if (before?.authenticated) {
    change({ ...state, phase: 'over' });
  } else {
    change({ session: read, phase: 'open' });
  }
  return read;
}

/** A new CSRF token, when the session is still there. */
export async function renewCsrf(): Promise<boolean> {
  try {
    return (await readSession()).authenticated;
  } catch {
    return false;
  }
}
