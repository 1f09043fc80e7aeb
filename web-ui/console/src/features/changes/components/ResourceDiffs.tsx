import { ExpandableSection } from '@patternfly/react-core';
import { useState } from 'react';
import { AppLink } from '~/app/navigate';
import { keyPage, parseKey } from '~/shared/changes/key';
import { editable } from '~/shared/resources/draft';
import { YamlDiff } from '~/shared/ui/DiffView';
import { type Change, changeWords } from '~/shared/changes/words';

const OPEN_AT_FIRST = 3;

/** Each resource before and after. */
export function ResourceDiffs({ changes }: { changes: readonly Change[] }) {
  return changes.map((change, index) => <OneResource key={change.key} change={change} startsOpen={index < OPEN_AT_FIRST} />);
}

function OneResource({ change, startsOpen }: { change: Change; startsOpen: boolean }) {
  const [open, setOpen] = useState(startsOpen);
  const page = change.effect === 'deleted' ? undefined : keyPage(parseKey(change.key));
  return (
    <ExpandableSection toggleText={changeWords(change)} isExpanded={open} onToggle={(_event, next) => setOpen(next)} isIndented>
      {open && <YamlDiff before={document(change.before)} after={document(change.after)} label={changeWords(change)} />}
      {open && page !== undefined && <AppLink to={page}>As it is now</AppLink>}
    </ExpandableSection>
  );
}

function document(of: Change['before']): unknown {
  return of === undefined ? '' : editable(of);
}
