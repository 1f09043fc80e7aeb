import { List, ListItem } from '@patternfly/react-core';
import { Table, TableVariant, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { CheckCircleIcon, ExclamationCircleIcon, InProgressIcon, OutlinedCircleIcon } from '@patternfly/react-icons';
import type { ComponentType } from 'react';
import type { ChangeState, ClusterState } from '~/api/types';
import { AppLink, pathTo } from '~/app/navigate';
import { StatusLabel } from '~/shared/ui/StatusLabel';
import { objectWords } from './key';
import { STEPS, STEP_MEANINGS, STEP_WORDS, type StepState, byUrgency, stateTone, stateWord, stepStates } from './progress';
import './changes.css';

const ICONS: Readonly<Record<StepState, ComponentType>> = {
  done: CheckCircleIcon,
  now: InProgressIcon,
  waiting: OutlinedCircleIcon,
  failed: ExclamationCircleIcon,
};

const SAID: Readonly<Record<StepState, string>> = { done: 'done', now: 'under way', waiting: 'not yet', failed: 'failed' };

/** Accepted → released → sent → applied → live, as far as one cluster has come. */
export function Steps({ state, isStuck = false }: { state: ChangeState; isStuck?: boolean }) {
  const states = stepStates(state, isStuck);
  return (
    <ol className="weft-steps" aria-label={`Progress: ${stateWord(state)}`}>
      {STEPS.map((step) => {
        const Icon = ICONS[states[step]];
        return (
          <li key={step} className={`weft-step weft-step-${states[step]}`} title={STEP_MEANINGS[step]}>
            <Icon aria-hidden="true" /> {STEP_WORDS[step]}
            <span className="pf-v6-screen-reader">: {SAID[states[step]]}</span>
          </li>
        );
      })}
    </ol>
  );
}

export function StateLabel({ state }: { state: ChangeState }) {
  return <StatusLabel tone={stateTone(state)}>{stateWord(state)}</StatusLabel>;
}

/** How far a change has come in each cluster, and why no further. */
export function Delivery({ clusters }: { clusters: readonly ClusterState[] }) {
  if (clusters.length === 0) return <p>No cluster has joined yet. What is declared goes to clusters once they do.</p>;
  return (
    <Table aria-label="Progress by cluster" variant={TableVariant.compact}>
      <Thead>
        <Tr>
          <Th>Cluster</Th>
          <Th>State</Th>
          <Th>Progress</Th>
          <Th>Why no further</Th>
        </Tr>
      </Thead>
      <Tbody>
        {byUrgency(clusters).map((each) => (
          <Tr key={each.cluster}>
            <Th dataLabel="Cluster" modifier="nowrap">
              <AppLink to={pathTo('clusters', each.cluster)}>{each.cluster}</AppLink>
            </Th>
            <Td dataLabel="State">
              <StateLabel state={each.state} />
            </Td>
            <Td dataLabel="Progress">
              <Steps state={each.state} isStuck={(each.reason ?? '') !== '' || !each.connected} />
            </Td>
            <Td dataLabel="Why no further">
              <Reason of={each} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function Reason({ of }: { of: ClusterState }) {
  const refusals = Object.entries(of.refusals ?? {});
  const waits = of.connected === false && of.state !== 'live' ? 'The agent is not connected; it gets the change when it comes back.' : '';
  const reason = of.reason ?? '';
  return (
    <>
      {reason !== '' && <p className="weft-wrap">{reason}</p>}
      {waits !== '' && !reason.includes('not connected') && <p>{waits}</p>}
      {refusals.length > 0 && (
        <List isPlain className="weft-refusals">
          {refusals.map(([object, why]) => (
            <ListItem key={object} className="weft-wrap">
              <strong>{objectWords(object)}</strong>: {why}
            </ListItem>
          ))}
        </List>
      )}
      {reason === '' && waits === '' && refusals.length === 0 && (of.state === 'live' ? 'In force.' : '–')}
    </>
  );
}
