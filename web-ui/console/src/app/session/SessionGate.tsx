import { lazy, Suspense, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { readSession, sessionState, subscribe } from '~/api/session-state';
import { ErrorState, Loading } from '~/shared/ui/states';
import { onSessionRenewed } from './renewal';

const SessionOver = lazy(() => import('./SessionOver'));

const RETRY_MILLIS = 5_000;

/** Nothing is shown before it is known who looks; who is nobody is sent to log in and back to the same address. */
export function SessionGate({ children }: { children: ReactNode }) {
  const state = useSyncExternalStore(subscribe, sessionState);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const known = state.session !== undefined;

  useEffect(() => {
    if (known) return;
    const stopped = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    readSession(stopped.signal).then(
      () => setError(undefined),
      (thrown: unknown) => {
        if (stopped.signal.aborted) return;
        setError(thrown);
        timer = setTimeout(() => setAttempt((n) => n + 1), RETRY_MILLIS);
      },
    );
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  }, [known, attempt]);

  useEffect(() => onSessionRenewed(() => void readSession().catch(() => undefined)), []);

  const session = state.session;
  const stranger = session !== undefined && !session.authenticated;
  useEffect(() => {
    if (session === undefined || session.authenticated) return;
    const here = `${location.pathname}${location.search}`;
    location.replace(`${session.loginUrl}?returnTo=${encodeURIComponent(here)}`);
  }, [session]);

  if (session === undefined) {
    return error === undefined ? <Loading label="Loading Weft" lines={0} /> : <ErrorState error={asUnreachable(error)} onRetry={() => setAttempt((n) => n + 1)} />;
  }
  if (stranger) return <Loading label="Going to the log-in" lines={0} />;
  return (
    <>
      {children}
      <Suspense fallback={null}>{state.phase === 'over' && <SessionOver />}</Suspense>
    </>
  );
}

function asUnreachable(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(`The server of this console cannot be reached (${message}). The page tries again by itself.`);
}
