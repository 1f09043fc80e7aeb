import type { ChangeState, Condition } from '~/api/types';

/** What the conditions of a resource say in one word, and why. */
export interface Summary {
  state: ChangeState;
  /** Over all clusters: `2 of 3 clusters.` */
  detail: string;
  /** Conflicts and what a mesh cannot express. */
  problems: string[];
}

export function summarised(conditions: readonly Condition[] = []): Summary {
  const find = (type: string) => conditions.find((each) => each.type === type);
  const live = find('Live');
  const applied = find('Applied');
  const problems = ['Conflicted', 'Unsupported']
    .map(find)
    .filter((each) => each?.status === 'True')
    .map((each) => each?.message ?? each?.type ?? '');
  return { state: stateOf(live, applied, find('Released')), detail: detailOf(live, applied), problems };
}

function stateOf(live?: Condition, applied?: Condition, released?: Condition): ChangeState {
  if (applied?.reason === 'Refused' || live?.reason === 'Refused') return 'refused';
  if (live?.status === 'True') return 'live';
  if (applied?.status === 'True') return 'applied';
  return released?.status === 'True' ? 'released' : 'accepted';
}

function detailOf(live?: Condition, applied?: Condition): string {
  const parts = [
    applied?.message === undefined ? '' : `applied in ${applied.message}`,
    live?.message === undefined ? '' : `live in ${live.message}`,
  ].filter((part) => part !== '');
  return parts.map((part) => part.replace(/\.$/, '')).join(', ');
}
