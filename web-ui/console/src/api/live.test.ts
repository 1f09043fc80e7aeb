import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keys } from './keys';
import { collectionsOf, Live } from './live';

class FakeSource extends EventTarget {
  static all: FakeSource[] = [];
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;

  constructor(readonly url: string) {
    super();
    FakeSource.all.push(this);
  }

  close(): void {
    this.closed = true;
  }

  tell(type: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
  }
}

function newest(): FakeSource {
  const source = FakeSource.all.at(-1);
  if (source === undefined) throw new Error('no stream was opened');
  return source;
}

describe('what an event is about', () => {
  it('names the lists of the kinds that changed, and the log of changes', () => {
    const touched = collectionsOf({ type: 'change', data: { type: 'changed', put: ['TrafficRoute/shop/cart'], deleted: [] } });

    expect([...touched]).toEqual(expect.arrayContaining(['traffic-routes', 'revisions', 'overview']));
    expect(touched.has('inventory')).toBe(false);
  });

  it('reads everything again after a reset', () => {
    expect(collectionsOf({ type: 'reset', data: {} }).size).toBeGreaterThanOrEqual(7);
  });

  it('takes data of another shape for nothing', () => {
    expect(collectionsOf({ type: 'change', data: { put: 'no list', deleted: [3, null] } }).size).toBe(0);
  });
});

describe('the live stream', () => {
  let live: Live;
  let queries: QueryClient;
  let reads: number;

  beforeEach(() => {
    vi.useFakeTimers();
    FakeSource.all = [];
    vi.stubGlobal('EventSource', FakeSource);
    vi.stubGlobal('BroadcastChannel', undefined);
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ authenticated: true })));
    queries = new QueryClient();
    reads = 0;
    live = new Live('demo', queries);
  });

  afterEach(() => {
    live.stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  async function watch(): Promise<() => void> {
    const { QueryObserver } = await import('@tanstack/react-query');
    const observer = new QueryObserver(queries, {
      queryKey: keys.list('demo', 'clusters'),
      queryFn: () => Promise.resolve(++reads),
      staleTime: Infinity,
    });
    const stop = observer.subscribe(() => undefined);
    await vi.advanceTimersByTimeAsync(1);
    return stop;
  }

  it('reads once again for a burst of events about what is shown', async () => {
    await watch();
    live.start();
    newest().onopen?.();

    for (let i = 0; i < 20; i++) newest().tell('progress', { cluster: 'a' });
    await vi.advanceTimersByTimeAsync(300);

    expect(reads).toBe(2);
  });

  it('reads nothing while paused, and catches up when it goes on', async () => {
    await watch();
    live.start();
    newest().onopen?.();
    live.pause(true);
    newest().tell('progress', { cluster: 'a' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(reads).toBe(1);

    live.pause(false);
    await vi.advanceTimersByTimeAsync(300);

    expect(reads).toBe(2);
  });

  it('says that it is interrupted, tries again, and reads what it may have missed', async () => {
    await watch();
    live.start();
    newest().onopen?.();
    newest().onerror?.();
    expect(live.now()).toBe('interrupted');

    await vi.advanceTimersByTimeAsync(1_100);
    expect(FakeSource.all).toHaveLength(2);
    newest().onopen?.();
    await vi.advanceTimersByTimeAsync(300);

    expect(live.now()).toBe('live');
    expect(reads).toBe(2);
  });

  it('asks every fifteen seconds when no stream can be had', async () => {
    await watch();
    live.start();
    for (let i = 0; i < 4; i++) {
      newest().onerror?.();
      await vi.advanceTimersByTimeAsync(10_000);
    }
    expect(live.now()).toBe('polling');
    const before = reads;

    await vi.advanceTimersByTimeAsync(16_000);

    expect(reads).toBeGreaterThan(before);
  });

  it('closes its stream when the tenant is left', () => {
    live.start();
    live.stop();

    expect(newest().closed).toBe(true);
  });
});
