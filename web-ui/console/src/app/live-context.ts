import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Live, LiveState } from '~/api/live';

export const LiveContext = createContext<Live | undefined>(undefined);

export function useLive(): { state: LiveState; pause: (paused: boolean) => void } {
  const live = useContext(LiveContext);
  const state = useSyncExternalStore(live?.subscribe ?? (() => () => undefined), live?.now ?? (() => 'connecting' as const));
  return { state, pause: (paused) => live?.pause(paused) };
}
