import type { Condition } from '~/api/types';
import { StatusLabel } from '~/shared/ui/StatusLabel';
import { summarised } from './conditions';
import { stateTone, stateWord } from './progress';

/** In one word what became of a resource in the clusters; the rest on hover, and on its page. */
export function ResourceState({ conditions }: { conditions: readonly Condition[] | undefined }) {
  const { state, detail, problems } = summarised(conditions);
  if (problems.length > 0) {
    return (
      <StatusLabel tone="warning" title={problems.join('\n')}>
        Has problems
      </StatusLabel>
    );
  }
  return (
    <StatusLabel tone={stateTone(state)} title={detail}>
      {stateWord(state)}
    </StatusLabel>
  );
}
