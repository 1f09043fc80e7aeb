import type { Schemas } from '~/api/types';
import { type Phase, phaseTone } from '~/shared/clusters/phase';
import type { Tone } from '~/shared/ui/StatusLabel';

export type Overview = Schemas['Overview'];
export type Problem = Schemas['OverviewProblem'];

/** A number, and the list that shows exactly what it counts. */
export interface Figure {
  value: number;
  label: string;
  to: string;
  search?: Readonly<Record<string, string>>;
  tone?: Tone;
}

export interface FigureCard {
  title: string;
  total: Figure;
  parts: readonly Figure[];
}

const WORST_FIRST: readonly Phase[] = ['Degraded', 'Disconnected', 'Waiting', 'Connected', 'Syncing', 'Ready', 'Revoked'];

/** The counts, worst first; parts that are zero are left out. */
export function figureCards(overview: Overview): FigureCard[] {
  const { clusters, globalNamespaces, services, routes, changes } = overview;
  const parts = (figures: readonly Figure[]) => figures.filter((figure) => figure.value > 0);
  return [
    {
      title: 'Clusters',
      total: { value: clusters.total, label: 'clusters', to: 'clusters' },
      parts: parts(WORST_FIRST.map((phase) => ({ value: clusters.byPhase[phase] ?? 0, label: phase, to: 'clusters', search: { phase }, tone: phaseTone(phase) }))),
    },
    {
      title: 'Global namespaces',
      total: { value: globalNamespaces.total, label: 'global namespaces', to: 'global-namespaces' },
      parts: parts([{ value: globalNamespaces.withProblems, label: 'With problems', to: 'global-namespaces', search: { problems: 'some' }, tone: 'warning' }]),
    },
    {
      title: 'Services',
      total: { value: services.total, label: 'services', to: 'inventory/services' },
      parts: parts([{ value: services.global, label: 'Global', to: 'services', tone: 'info' }]),
    },
    {
      title: 'Routes',
      total: { value: routes.total, label: 'routes', to: 'routes' },
      parts: [],
    },
    {
      title: 'Changes in 24 h',
      total: { value: changes.last24h, label: 'changes in the last 24 hours', to: 'changes', search: { period: 'day' } },
      parts: parts([{ value: changes.notLive, label: 'Not live everywhere', to: 'changes', search: { state: 'underway', period: 'day' }, tone: 'working' }]),
    },
  ];
}

export interface StartStep {
  title: string;
  text: string;
  done: boolean;
  to: string;
  action: string;
  needs: 'enrol' | 'edit';
}

/** What a new tenant does first; ticked by what is there. */
export function startSteps({ start }: Overview): StartStep[] {
  return [
    { title: 'Join a cluster', text: 'Name it, apply one manifest in it, and watch it join.', done: start.clusterJoined, to: 'clusters/onboard', action: 'Onboard a cluster', needs: 'enrol' },
    {
      title: 'Create a global namespace',
      text: 'Choose a domain and the namespaces that belong to it; each of their services gets one name in every cluster.',
      done: start.globalNamespaceCreated,
      to: 'global-namespaces/create',
      action: 'Create a global namespace',
      needs: 'edit',
    },
    { title: 'Set a route', text: 'Split the requests of a service over versions and clusters, and see the effect before you apply it.', done: start.routeCreated, to: 'routes/create', action: 'Create a route', needs: 'edit' },
  ];
}

const TONES: Readonly<Record<Problem['severity'], Tone>> = { error: 'danger', warning: 'warning', info: 'info' };
const WORDS: Readonly<Record<Problem['severity'], string>> = { error: 'Error', warning: 'Warning', info: 'Notice' };
const RANK: Readonly<Record<Problem['severity'], number>> = { error: 0, warning: 1, info: 2 };

export function problemTone(severity: Problem['severity']): Tone {
  return TONES[severity];
}

export function problemWord(severity: Problem['severity']): string {
  return WORDS[severity];
}

/** Worst first; otherwise as the hub has them. */
export function byWeight(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}
