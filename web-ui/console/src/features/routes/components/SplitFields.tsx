import { Button, TextInput } from '@patternfly/react-core';
import { PlusIcon, TrashIcon } from '@patternfly/react-icons';
import { FieldHelp } from '~/shared/changes/FieldHelp';
import { pointerOf } from '~/shared/resources/json';
import { even, sum } from '~/shared/resources/weights';
import {
  type Destination,
  type Rule,
  destinationWords,
  rulePath,
  textEdit,
  weightEdits,
  weighted,
  weightsOf,
  withDestination,
  withoutDestination,
} from '../model';
import { useEditing, useViolations } from './editing';
import { BareText, Choice } from './fields';

/** Where the requests of a rule go; the weights always add to 100. */
export function SplitFields({ rule, value }: { rule: number; value: Rule }) {
  const { form, edit, readOnly } = useEditing();
  const violations = useViolations(rulePath(rule, 'split'));
  const weights = weightsOf(form, rule);
  return (
    <fieldset className="weft-split">
      <legend>Send them to</legend>
      {value.split.length === 0 && <p>The service’s own default: the caller’s cluster first, the others when it fails.</p>}
      {value.split.map((destination, place) => (
        <DestinationRow key={place} rule={rule} place={place} destination={destination} />
      ))}
      {weights.length > 0 && sum(weights) !== 100 && readOnly === '' && (
        <p role="alert">
          The weights add to {sum(weights)}.{' '}
          <Button variant="link" isInline onClick={() => edit(weightEdits(rule, even(weights.length)))}>
            Share evenly
          </Button>
        </p>
      )}
      <FieldHelp violations={violations} />
      {readOnly === '' && (
        <div className="weft-actions-tight">
          <Button variant="link" isInline icon={<PlusIcon />} onClick={() => edit(withDestination(form, rule))}>
            Add a destination
          </Button>
          {weights.length > 1 && (
            <Button variant="link" isInline onClick={() => edit(weightEdits(rule, even(weights.length)))}>
              Share evenly
            </Button>
          )}
        </div>
      )}
    </fieldset>
  );
}

function DestinationRow({ rule, place, destination }: { rule: number; place: number; destination: Destination }) {
  const { document, form, edit, readOnly, versions, clusters } = useEditing();
  const path = rulePath(rule, 'split', place);
  const violations = useViolations(path);
  const label = `Destination ${String(place + 1)}`;
  const known = clusters.includes(destination.cluster) || destination.cluster === '' ? clusters : [...clusters, destination.cluster];
  return (
    <>
      <div className="weft-split-row">
        <BareText
          path={[...path, 'version']}
          label={`${label}: version`}
          value={destination.version}
          placeholder="any version"
          suggestions={versions}
          isWrong={violations.length > 0}
          onChange={(text) => edit([textEdit([...path, 'version'], text)])}
        />
        <Choice
          path={[...path, 'cluster']}
          label={`${label}: cluster preferred`}
          value={destination.cluster}
          options={[{ value: '', label: 'nearest cluster' }, ...known.map((name) => ({ value: name, label: `${name} first` }))]}
          onChange={(text) => edit([textEdit([...path, 'cluster'], text)])}
        />
        <Weight rule={rule} place={place} weight={destination.weight} label={destinationWords(destination)} />
        {readOnly === '' && (
          <Button
            variant="plain"
            aria-label={`Remove ${label}`}
            icon={<TrashIcon />}
            onClick={() => edit(withoutDestination(document, form, rule, place))}
          />
        )}
      </div>
      <FieldHelp violations={violations} />
    </>
  );
}

function Weight({ rule, place, weight, label }: { rule: number; place: number; weight: number; label: string }) {
  const { form, edit, readOnly } = useEditing();
  const id = pointerOf(rulePath(rule, 'split', place, 'weight'));
  const set = (wanted: number) => edit(weighted(form, rule, place, wanted));
  const only = weightsOf(form, rule).length <= 1;
  return (
    <span className="weft-weight">
      <input
        type="range"
        min={0}
        max={100}
        step={1}
        value={weight}
        disabled={readOnly !== '' || only}
        aria-label={`Share of ${label}`}
        aria-valuetext={`${String(weight)} percent`}
        onChange={(event) => set(Number(event.target.value))}
      />
      <TextInput
        id={id}
        type="number"
        min={0}
        max={100}
        value={weight}
        aria-label={`Percent of ${label}`}
        readOnlyVariant={readOnly === '' && !only ? undefined : 'default'}
        onChange={(_event, text) => set(Number(text))}
      />
      <span aria-hidden="true">%</span>
    </span>
  );
}
