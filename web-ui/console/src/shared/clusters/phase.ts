import type { Schemas } from '~/api/types';
import type { Tone } from '~/shared/ui/StatusLabel';

export type Phase = Schemas['ClusterPhase'];

export const PHASES: readonly Phase[] = ['Ready', 'Degraded', 'Syncing', 'Connected', 'Waiting', 'Disconnected', 'Revoked'];

const TONES: Readonly<Record<Phase, Tone>> = {
  Waiting: 'waiting',
  Connected: 'working',
  Syncing: 'working',
  Ready: 'ok',
  Degraded: 'warning',
  Disconnected: 'disconnected',
  Revoked: 'off',
};

export function phaseTone(phase: Phase | undefined): Tone {
  return phase === undefined ? 'none' : TONES[phase];
}
