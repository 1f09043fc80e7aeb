import { Button, FormGroup, FormSelect, FormSelectOption, Label, LabelGroup, TextInput } from '@patternfly/react-core';
import { PlusIcon, TrashIcon } from '@patternfly/react-icons';
import { type KeyboardEvent, useId, useState } from 'react';
import type { Violation } from '~/api/problem';
import { FieldHelp } from '~/shared/changes/FieldHelp';
import {
  LABEL_OPERATORS,
  type LabelOperator,
  type LabelRow,
  PATTERN_OPERATORS,
  type Pattern,
  type PatternOperator,
  type SelectorForm,
  type SelectorMode,
  fresh,
  takesValues,
} from '../selector';

export interface SelectorFieldsProps {
  /** Plural: clusters, namespaces, services. */
  what: string;
  value: SelectorForm;
  /** Names that exist, offered while typing. */
  known: readonly string[];
  violations: readonly Violation[];
  isReadOnly: boolean;
  onChange: (value: SelectorForm) => void;
}

/** Chooses clusters, namespaces or services: all, by name, by a pattern of the name, or by labels. */
export function SelectorFields({ what, value, known, violations, isReadOnly, onChange }: SelectorFieldsProps) {
  const id = useId();
  const modes: { mode: SelectorMode; label: string }[] = [
    { mode: 'all', label: `All ${what}` },
    { mode: 'names', label: 'By name' },
    { mode: 'patterns', label: 'By a pattern of the name' },
    { mode: 'labels', label: 'By labels' },
  ];
  return (
    <FormGroup label={capital(what)} fieldId={id} role="group" className="weft-selector">
      <FormSelect id={id} value={value.mode} isDisabled={isReadOnly} aria-label={`How ${what} are chosen`} onChange={(_event, mode) => onChange(fresh(mode as SelectorMode))}>
        {modes.map(({ mode, label }) => (
          <FormSelectOption key={mode} value={mode} label={label} />
        ))}
      </FormSelect>
      {value.mode === 'names' && <Names what={what} names={value.names} known={known} isReadOnly={isReadOnly} onChange={(names) => onChange({ mode: 'names', names })} />}
      {value.mode === 'patterns' && <Patterns what={what} patterns={value.patterns} isReadOnly={isReadOnly} onChange={(patterns) => onChange({ mode: 'patterns', patterns })} />}
      {value.mode === 'labels' && <Labels what={what} labels={value.labels} isReadOnly={isReadOnly} onChange={(labels) => onChange({ mode: 'labels', labels })} />}
      <FieldHelp violations={violations} />
    </FormGroup>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface Part<Extra> {
  what: string;
  isReadOnly: boolean;
  onChange: (value: Extra) => void;
}

function Names({ what, names, known, isReadOnly, onChange }: Part<string[]> & { names: readonly string[]; known: readonly string[] }) {
  const [typed, setTyped] = useState('');
  const list = useId();
  const add = (text: string) => {
    const added = text.split(/[\s,|]+/).filter((name) => name !== '' && !names.includes(name));
    setTyped('');
    if (added.length > 0) onChange([...names, ...added]);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ',') return;
    event.preventDefault();
    add(typed);
  };
  return (
    <div className="weft-names">
      {!isReadOnly && (
        <TextInput
          aria-label={`Add ${what} by name`}
          placeholder={`Type a name, then Enter`}
          value={typed}
          list={list}
          onChange={(_event, text) => (known.includes(text) && !names.some((name) => name.startsWith(text)) && known.filter((each) => each.startsWith(text)).length === 1 ? add(text) : setTyped(text))}
          onKeyDown={onKey}
          onBlur={() => add(typed)}
          autoComplete="off"
          spellCheck="false"
        />
      )}
      <datalist id={list}>
        {known
          .filter((name) => !names.includes(name))
          .slice(0, 200)
          .map((name) => (
            <option key={name} value={name} />
          ))}
      </datalist>
      <LabelGroup numLabels={20} aria-label={`Chosen ${what}`}>
        {names.map((name) => (
          <Label
            key={name}
            variant="outline"
            onClose={isReadOnly ? undefined : () => onChange(names.filter((each) => each !== name))}
            closeBtnAriaLabel={`Remove ${name}`}
          >
            {name}
          </Label>
        ))}
      </LabelGroup>
    </div>
  );
}

const PATTERN_WORDS: Readonly<Record<PatternOperator, string>> = {
  Exact: 'is',
  Prefix: 'begins with',
  Suffix: 'ends with',
  Regex: 'fits (RE2)',
};

function Patterns({ what, patterns, isReadOnly, onChange }: Part<Pattern[]> & { patterns: readonly Pattern[] }) {
  const set = (index: number, pattern: Pattern) => onChange(patterns.map((each, place) => (place === index ? pattern : each)));
  return (
    <div className="weft-rows">
      {patterns.map((pattern, index) => (
        <div key={index} className="weft-row">
          <span className="weft-row-word">{index === 0 ? 'The name' : 'and'}</span>
          <FormSelect aria-label={`${what}: how name ${String(index + 1)} is compared`} value={pattern.op} isDisabled={isReadOnly} onChange={(_event, op) => set(index, { ...pattern, op: op as PatternOperator })}>
            {PATTERN_OPERATORS.map((op) => (
              <FormSelectOption key={op} value={op} label={PATTERN_WORDS[op]} />
            ))}
          </FormSelect>
          <TextInput aria-label={`${what}: name ${String(index + 1)}`} value={pattern.value} readOnlyVariant={isReadOnly ? 'default' : undefined} onChange={(_event, value) => set(index, { ...pattern, value })} autoComplete="off" spellCheck="false" />
          <RemoveRow label={`Remove name ${String(index + 1)} of ${what}`} isHidden={isReadOnly || patterns.length === 1} onRemove={() => onChange(patterns.filter((_, place) => place !== index))} />
        </div>
      ))}
      {!isReadOnly && (
        <Button variant="link" isInline icon={<PlusIcon />} onClick={() => onChange([...patterns, { op: 'Prefix', value: '' }])}>
          And another condition
        </Button>
      )}
    </div>
  );
}

const LABEL_WORDS: Readonly<Record<LabelOperator, string>> = {
  Is: 'is',
  In: 'is one of',
  NotIn: 'is none of',
  Exists: 'is there',
  DoesNotExist: 'is not there',
};

function Labels({ what, labels, isReadOnly, onChange }: Part<LabelRow[]> & { labels: readonly LabelRow[] }) {
  const set = (index: number, row: LabelRow) => onChange(labels.map((each, place) => (place === index ? row : each)));
  return (
    <div className="weft-rows">
      {labels.map((row, index) => (
        <div key={index} className="weft-row">
          <TextInput aria-label={`${what}: label ${String(index + 1)}`} placeholder="label" value={row.key} readOnlyVariant={isReadOnly ? 'default' : undefined} onChange={(_event, key) => set(index, { ...row, key })} autoComplete="off" spellCheck="false" />
          <FormSelect aria-label={`${what}: how label ${String(index + 1)} is compared`} value={row.operator} isDisabled={isReadOnly} onChange={(_event, operator) => set(index, withOperator(row, operator as LabelOperator))}>
            {LABEL_OPERATORS.map((operator) => (
              <FormSelectOption key={operator} value={operator} label={LABEL_WORDS[operator]} />
            ))}
          </FormSelect>
          {takesValues(row.operator) && <Values what={what} index={index} row={row} isReadOnly={isReadOnly} onChange={(values) => set(index, { ...row, values })} />}
          <RemoveRow label={`Remove label ${String(index + 1)} of ${what}`} isHidden={isReadOnly || labels.length === 1} onRemove={() => onChange(labels.filter((_, place) => place !== index))} />
        </div>
      ))}
      {!isReadOnly && (
        <Button variant="link" isInline icon={<PlusIcon />} onClick={() => onChange([...labels, { key: '', operator: 'Exists', values: [] }])}>
          And another label
        </Button>
      )}
    </div>
  );
}

function withOperator(row: LabelRow, operator: LabelOperator): LabelRow {
  if (!takesValues(operator)) return { ...row, operator, values: [] };
  return { ...row, operator, values: operator === 'Is' ? [row.values[0] ?? ''] : row.values.length === 0 ? [''] : row.values };
}

function Values({ what, index, row, isReadOnly, onChange }: { what: string; index: number; row: LabelRow; isReadOnly: boolean; onChange: (values: string[]) => void }) {
  const several = row.operator !== 'Is';
  const [typed, setTyped] = useState(row.values.join(', '));
  return (
    <TextInput
      aria-label={`${what}: value${several ? 's' : ''} of label ${String(index + 1)}`}
      placeholder={several ? 'values, with commas' : 'value'}
      value={several ? typed : (row.values[0] ?? '')}
      readOnlyVariant={isReadOnly ? 'default' : undefined}
      onChange={(_event, text) => {
        setTyped(text);
        onChange(several ? text.split(',').map((each) => each.trim()).filter((each) => each !== '') : [text]);
      }}
      autoComplete="off"
      spellCheck="false"
    />
  );
}

function RemoveRow({ label, isHidden, onRemove }: { label: string; isHidden: boolean; onRemove: () => void }) {
  return isHidden ? null : <Button variant="plain" aria-label={label} icon={<TrashIcon />} onClick={onRemove} />;
}
