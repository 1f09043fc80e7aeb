import { Alert, Button, Radio } from '@patternfly/react-core';
import { Table, TableVariant, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useId, useState } from 'react';
import { edited, write } from '~/shared/resources/draft';
import type { Json, JsonObject } from '~/shared/resources/json';
import { type Choice, type Difference, differences, proposed, takingTheirs, undecided } from '~/shared/resources/merge';
import { StatusLabel } from '~/shared/ui/StatusLabel';
import './changes.css';

export interface ConflictReviewProps {
  what: string;
  /** The version that the draft began with; null when it is new. */
  base: JsonObject | null;
  /** My text and what it says. */
  text: string;
  mine: JsonObject;
  theirs: JsonObject;
  /** Goes on from theirs with the merged text. */
  onMerged: (text: string) => void;
  onDrop: () => void;
}

const WORDS: Readonly<Record<Difference['changed'], { word: string; tone: 'info' | 'warning' | 'none' }>> = {
  mine: { word: 'Only mine', tone: 'info' },
  theirs: { word: 'Only theirs', tone: 'info' },
  alike: { word: 'Both alike', tone: 'none' },
  both: { word: 'Both', tone: 'warning' },
};

/** What it was, what I made of it, what somebody else did: field by field, and nothing is lost. */
export function ConflictReview({ what, base, text, mine, theirs, onMerged, onDrop }: ConflictReviewProps) {
  const [chosen, setChosen] = useState<Readonly<Record<string, Choice>>>({});
  const all = differences(base ?? {}, mine, theirs);
  const open = undecided(all, chosen);
  const choiceOf = (difference: Difference) => chosen[difference.pointer] ?? proposed(difference);
  return (
    <section aria-label="Both versions" className="weft-section">
      <Alert isInline variant="warning" title={`${what} was changed by somebody else since you began.`}>
        Nothing you typed is lost, and nothing was stored. What only one of you changed is taken over as it is; where both did,
        choose.
      </Alert>
      <Table aria-label="Differences" variant={TableVariant.compact}>
        <Thead>
          <Tr>
            <Th>Field</Th>
            <Th>Changed by</Th>
            <Th>It was</Th>
            <Th>Mine</Th>
            <Th>Theirs</Th>
          </Tr>
        </Thead>
        <Tbody>
          {all.map((each) => (
            <DifferenceRow
              key={each.pointer}
              difference={each}
              choice={each.changed === 'both' ? chosen[each.pointer] : choiceOf(each)}
              onChoose={(choice) => setChosen({ ...chosen, [each.pointer]: choice })}
            />
          ))}
        </Tbody>
      </Table>
      <div className="weft-actions">
        <Button isDisabled={open.length > 0} onClick={() => onMerged(edited(text, takingTheirs(all, choiceOf)))}>
          Go on with what is chosen
        </Button>
        <Button variant="link" onClick={onDrop}>
          Drop my changes and show theirs
        </Button>
        {open.length > 0 && <span>{open.length === 1 ? '1 field is' : `${String(open.length)} fields are`} to be chosen.</span>}
      </div>
    </section>
  );
}

interface DifferenceRowProps {
  difference: Difference;
  choice: Choice | undefined;
  onChoose: (choice: Choice) => void;
}

function DifferenceRow({ difference, choice, onChoose }: DifferenceRowProps) {
  const name = useId();
  const { word, tone } = WORDS[difference.changed];
  const radio = (own: Choice, value: Json | undefined) => (
    <Radio
      id={`${name}-${own}`}
      name={name}
      isChecked={choice === own}
      onChange={() => onChoose(own)}
      label={
        <>
          <span className="pf-v6-screen-reader">
            {difference.pointer}: {own}
          </span>
          <Value of={value} />
        </>
      }
    />
  );
  const alike = difference.changed === 'alike';
  return (
    <Tr>
      <Th dataLabel="Field" className="weft-wrap">
        <code>{difference.pointer}</code>
      </Th>
      <Td dataLabel="Changed by">
        <StatusLabel tone={tone}>{word}</StatusLabel>
      </Td>
      <Td dataLabel="It was">
        <Value of={difference.base} />
      </Td>
      <Td dataLabel="Mine">{alike ? <Value of={difference.mine} /> : radio('mine', difference.mine)}</Td>
      <Td dataLabel="Theirs">{alike ? <Value of={difference.theirs} /> : radio('theirs', difference.theirs)}</Td>
    </Tr>
  );
}

function Value({ of }: { of: Json | undefined }) {
  return <pre className="weft-merge-value">{of === undefined ? 'nothing' : write(of).trimEnd()}</pre>;
}
