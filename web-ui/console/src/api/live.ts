import type { QueryClient } from '@tanstack/react-query';
import { sessionIsOver } from './session-state';
import { keys, type Collection } from './keys';
import { tenantPath } from './http';

/**
 * One stream of changes for all tabs of a browser. The tab that holds the lock of a tenant reads it and passes events on;
 * events say what changed, never what it is now, so every tab reads again what it shows and nothing else.
 */
export type LiveState = 'connecting' | 'live' | 'interrupted' | 'polling' | 'paused';

export interface LiveEvent {
  type: 'start' | 'change' | 'progress' | 'inventory' | 'reset';
  data: Readonly<Record<string, unknown>>;
}

type Message = { kind: 'event'; event: LiveEvent } | { kind: 'state'; state: LiveState } | { kind: 'ask' };

const COALESCE_MILLIS = 250;
const POLL_MILLIS = 15_000;
const ATTEMPTS_BEFORE_POLLING = 4;
const FIRST_RETRY_MILLIS = 1_000;
const LONGEST_RETRY_MILLIS = 30_000;
const SILENCE_MILLIS = 35_000;

const KINDS: Readonly<Record<string, readonly Collection[]>> = {
  Cluster: ['clusters', 'overview', 'global-services', 'search'],
  GlobalNamespace: ['global-namespaces', 'global-services', 'overview', 'search'],
  TrafficRoute: ['traffic-routes', 'global-services', 'overview', 'search'],
};

function names(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

/** Which collections an event is about. */
export function collectionsOf(event: LiveEvent): ReadonlySet<Collection> {
  const touched = new Set<Collection>();
  const add = (...collections: readonly Collection[]) => collections.forEach((each) => touched.add(each));
  switch (event.type) {
    case 'start':
      break;
    case 'reset':
      add('overview', 'clusters', 'global-namespaces', 'global-services', 'traffic-routes', 'revisions', 'inventory', 'search');
      break;
    case 'progress':
      add('clusters', 'revisions', 'overview', 'global-namespaces', 'traffic-routes', 'global-services');
      break;
    case 'inventory':
      add('inventory', 'global-services', 'clusters', 'overview');
      break;
    case 'change': {
      const type = event.data.type;
      const resources = [...names(event.data.put), ...names(event.data.deleted)];
      for (const key of resources) add(...(KINDS[key.split('/')[0] ?? ''] ?? []));
      if (resources.length > 0 || type === 'released') add('revisions', 'overview');
      if (type === 'released' || type === 'acknowledged') add('global-namespaces', 'traffic-routes', 'clusters');
      if (type === 'observed') add('global-services', 'inventory', 'overview', 'clusters');
      if (type === 'judged') add('clusters', 'overview');
      if (names(event.data.memberships).length > 0) add('global-namespaces', 'global-services');
      break;
    }
  }
  return touched;
}

export class Live {
  private readonly listeners = new Set<() => void>();
  private readonly channel: BroadcastChannel | undefined;
  private readonly stopped = new AbortController();
  private readonly waiting = new Set<Collection>();
  private state: LiveState = 'connecting';
  private byHand = false;
  private coalesce: ReturnType<typeof setTimeout> | undefined;
  private poll: ReturnType<typeof setInterval> | undefined;
  private source: EventSource | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private leads = false;

  constructor(
    readonly tenant: string,
    private readonly queries: QueryClient,
  ) {
    this.channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`weft.live.${tenant}`);
    if (this.channel !== undefined) this.channel.onmessage = (message: MessageEvent<Message>) => this.heard(message.data);
  }

  start(): void {
    document.addEventListener('visibilitychange', this.looked);
    globalThis.addEventListener('online', this.online);
    if (!('locks' in navigator) || this.channel === undefined) {
      this.lead();
      return;
    }
    this.say({ kind: 'ask' });
    void navigator.locks
      .request(`weft.live.${this.tenant}`, { signal: this.stopped.signal }, () => {
        this.lead();
        return new Promise<void>((done) => this.stopped.signal.addEventListener('abort', () => done()));
      })
      .catch(() => undefined);
  }

  stop(): void {
    this.stopped.abort();
    document.removeEventListener('visibilitychange', this.looked);
    globalThis.removeEventListener('online', this.online);
    this.close();
    clearTimeout(this.coalesce);
    clearInterval(this.poll);
    this.channel?.close();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly now = (): LiveState => (this.byHand ? 'paused' : this.state);

  /** By the user: nothing on the screen changes until it goes on; then everything shown is read again. */
  pause(paused: boolean): void {
    if (this.byHand === paused) return;
    this.byHand = paused;
    this.listeners.forEach((listener) => listener());
    if (!paused) this.refreshEverything();
  }

  private lead(): void {
    this.leads = true;
    this.connect();
  }

  /** The stream stays while any tab may want it; a leader nobody looks at costs one idle connection and no reads. */
  private connect(): void {
    if (this.stopped.signal.aborted || this.source !== undefined) return;
    const path = tenantPath(this.tenant, 'stream');
    const source = new EventSource(path, { withCredentials: true });
    this.source = source;
    source.onopen = () => {
      const again = this.failures > 0;
      this.failures = 0;
      clearInterval(this.poll);
      this.poll = undefined;
      this.become('live');
      this.heartbeat();
      if (again) this.event({ type: 'reset', data: {} });
    };
    source.onerror = () => this.lost();
    for (const type of ['start', 'change', 'progress', 'inventory', 'reset'] as const) {
      source.addEventListener(type, (message) => {
        this.heartbeat();
        this.event({ type, data: parse(message.data as string) });
      });
    }
  }

  /** Comments are not seen by a page, so silence proves nothing while the stream says it is open; a dead one is found by polling once. */
  private heartbeat(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      if (!document.hidden && !this.byHand) this.touch(new Set<Collection>(['overview']));
    }, SILENCE_MILLIS);
  }

  private lost(): void {
    this.close();
    if (this.stopped.signal.aborted) return;
    this.failures++;
    this.become(this.failures >= ATTEMPTS_BEFORE_POLLING ? 'polling' : 'interrupted');
    if (this.failures >= ATTEMPTS_BEFORE_POLLING) this.poll ??= setInterval(() => this.event({ type: 'reset', data: {} }), POLL_MILLIS);
    const wait = Math.min(LONGEST_RETRY_MILLIS, FIRST_RETRY_MILLIS * 2 ** (this.failures - 1));
    this.retry = setTimeout(() => void this.reconnect(), wait);
  }

  /** An EventSource does not tell why it failed: ask the session first, as nothing will come without one. */
  private async reconnect(): Promise<void> {
    try {
      const answer = await globalThis.fetch('/session', { credentials: 'same-origin', cache: 'no-store' });
      const session = (await answer.json()) as { authenticated?: boolean };
      if (session.authenticated === false) sessionIsOver();
    } catch {
      // not reachable: the next attempt tells
    }
    this.connect();
  }

  private close(): void {
    this.source?.close();
    this.source = undefined;
    clearTimeout(this.retry);
    clearTimeout(this.silence);
  }

  private event(event: LiveEvent): void {
    this.say({ kind: 'event', event });
    this.touch(collectionsOf(event));
  }

  private heard(message: Message): void {
    if (message.kind === 'event') this.touch(collectionsOf(message.event));
    else if (message.kind === 'state' && !this.leads) this.show(message.state);
    else if (message.kind === 'ask' && this.leads) this.say({ kind: 'state', state: this.state });
  }

  private say(message: Message): void {
    try {
      this.channel?.postMessage(message);
    } catch {
      // closed: this tab is on its way out
    }
  }

  private become(state: LiveState): void {
    this.say({ kind: 'state', state });
    this.show(state);
  }

  private show(state: LiveState): void {
    if (this.state === state) return;
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }

  private touch(collections: ReadonlySet<Collection>): void {
    collections.forEach((each) => this.waiting.add(each));
    if (this.byHand || document.hidden || this.waiting.size === 0) return;
    this.coalesce ??= setTimeout(() => {
      this.coalesce = undefined;
      this.flush();
    }, COALESCE_MILLIS);
  }

  private flush(): void {
    if (this.byHand || document.hidden) return;
    const due = [...this.waiting];
    this.waiting.clear();
    for (const collection of due) {
      const queryKey = keys.all(this.tenant, collection);
      // A query on its very first fetch ignores being invalidated, and would end with what was true before.
      const first = this.queries.getQueryCache().findAll({ queryKey, type: 'active', fetchStatus: 'fetching', predicate: (q) => q.state.data === undefined });
      for (const query of first) void query.cancel({ revert: true }).then(() => this.queries.invalidateQueries({ queryKey: query.queryKey, exact: true }));
      void this.queries.invalidateQueries({ queryKey, type: 'active' });
      void this.queries.invalidateQueries({ queryKey, type: 'inactive', refetchType: 'none' });
    }
  }

  private refreshEverything(): void {
    this.touch(collectionsOf({ type: 'reset', data: {} }));
  }

  private readonly looked = (): void => {
    if (!document.hidden) this.flush();
  };

  private readonly online = (): void => {
    if (!this.leads || this.state === 'live') return;
    this.close();
    this.connect();
  };
}

function parse(data: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(data);
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
