import type { ChangeState, ClusterState } from '~/api/types';
import type { Tone } from '~/shared/ui/StatusLabel';

/** How far a change has come in a cluster; each step includes those before it. */
export const STEPS = ['accepted', 'released', 'sent', 'applied', 'live'] as const;
export type Step = (typeof STEPS)[number];

export const STEP_WORDS: Readonly<Record<Step, string>> = {
  accepted: 'Accepted',
  released: 'Released',
  sent: 'Sent',
  applied: 'Applied',
  live: 'Live',
};

export const STEP_MEANINGS: Readonly<Record<Step, string>> = {
  accepted: 'Valid and stored',
  released: 'This cluster may have it',
  sent: 'On its way to the agent',
  applied: 'The agent wrote all of it into the cluster',
  live: 'Every proxy concerned has it in force',
};

export type StepState = 'done' | 'now' | 'waiting' | 'failed';

/** A refused change was sent, and failed at being applied. One that is stuck does not move on by itself. */
export function stepStates(state: ChangeState, isStuck = false): Readonly<Record<Step, StepState>> {
  const refused = state === 'refused';
  const reached = refused ? STEPS.indexOf('sent') : STEPS.findIndex((step) => step === state);
  const each = STEPS.map((step, place): [Step, StepState] => {
    if (place <= reached) return [step, 'done'];
    if (place > reached + 1) return [step, 'waiting'];
    return [step, refused ? 'failed' : isStuck ? 'waiting' : 'now'];
  });
  return Object.fromEntries(each) as Record<Step, StepState>;
}

export function stateTone(state: ChangeState): Tone {
  switch (state) {
    case 'live':
      return 'ok';
    case 'applied':
      return 'info';
    case 'refused':
      return 'danger';
    case 'sent':
      return 'working';
    default:
      return 'waiting';
  }
}

export function stateWord(state: ChangeState): string {
  if (state === 'refused') return 'Refused';
  return STEP_WORDS[state as Step] ?? state;
}

export interface Tally {
  total: number;
  applied: number;
  live: number;
  refused: number;
}

export function tally(clusters: readonly ClusterState[]): Tally {
  const having = (...states: ChangeState[]) => clusters.filter((each) => states.includes(each.state)).length;
  return { total: clusters.length, applied: having('applied', 'live'), live: having('live'), refused: having('refused') };
}

/** One line for a change over all clusters. */
export function tallyWords({ total, applied, live, refused }: Tally): string {
  if (total === 0) return 'no clusters yet';
  const parts = [`applied in ${String(applied)} of ${String(total)}`, `live in ${String(live)}`];
  if (refused > 0) parts.push(`refused in ${String(refused)}`);
  return parts.join(', ');
}

/** No cluster will move on by itself: applied or further everywhere, or refused. */
export function settled(clusters: readonly ClusterState[]): boolean {
  return clusters.every((each) => each.state === 'live' || each.state === 'applied' || each.state === 'refused');
}

/** Those that need a look first, then by name. */
export function byUrgency(clusters: readonly ClusterState[]): ClusterState[] {
  const rank = (state: ChangeState) => (state === 'refused' ? -1 : STEPS.findIndex((step) => step === state));
  return clusters.toSorted((a, b) => rank(a.state) - rank(b.state) || a.cluster.localeCompare(b.cluster));
}
