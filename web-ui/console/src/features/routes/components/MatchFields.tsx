import { Button } from '@patternfly/react-core';
import { PlusIcon, TrashIcon } from '@patternfly/react-icons';
import { FieldHelp } from '~/shared/changes/FieldHelp';
import type { Edit } from '~/shared/resources/draft';
import type { Path } from '~/shared/resources/json';
import { METHODS, type Match, type NamedMatch, TEXT_OPERATORS, type TextMatch, appended, rulePath, without } from '../model';
import { useEditing, useViolations } from './editing';
import { BareText, Choice } from './fields';

const OPERATORS = [
  { value: 'Exact', label: 'is' },
  { value: 'Prefix', label: 'begins with' },
  { value: 'Regex', label: 'fits (RE2)' },
];

const ANY_METHOD = { value: '', label: 'any method' };
const ANY_PATH = { value: '', label: 'any path' };

/** One set of conditions: all of it must hold. */
export function MatchFields({ rule, place, match }: { rule: number; place: number; match: Match }) {
  const { document, edit, readOnly } = useEditing();
  const path = rulePath(rule, 'matches', place);
  const list = rulePath(rule, 'matches');
  return (
    <fieldset className="weft-match">
      <legend>{place === 0 ? 'When' : 'Or when'}</legend>
      <div className="weft-match-row">
        <span className="weft-match-what">Method</span>
        <Choice
          path={[...path, 'method']}
          label="Method"
          value={match.method}
          options={[ANY_METHOD, ...METHODS.map((method) => ({ value: method, label: method }))]}
          onChange={(value) => edit([{ path: [...path, 'method'], value: value === '' ? undefined : value }])}
        />
      </div>
      <PathFields path={[...path, 'path']} match={match.path} />
      <NamedRows path={[...path, 'headers']} what="Header" rows={match.headers} />
      <NamedRows path={[...path, 'queryParams']} what="Query parameter" rows={match.queryParams} />
      <MatchHelp path={[...path, 'method']} />
      {readOnly === '' && (
        <div className="weft-actions-tight">
          <AddNamed path={[...path, 'headers']} what="header" />
          <AddNamed path={[...path, 'queryParams']} what="query parameter" />
          <Button variant="link" isInline icon={<TrashIcon />} onClick={() => edit(without(document, list, place))}>
            Remove these conditions
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function MatchHelp({ path }: { path: Path }) {
  return <FieldHelp violations={useViolations(path)} />;
}

function PathFields({ path, match }: { path: Path; match: TextMatch | null }) {
  const { edit } = useEditing();
  const violations = useViolations(path);
  const operate = (op: string): Edit[] =>
    op === '' ? [{ path, value: undefined }] : match === null ? [{ path, value: { op, value: '/' } }] : [{ path: [...path, 'op'], value: op }];
  return (
    <>
      <div className="weft-match-row">
        <span className="weft-match-what">Path</span>
        <Choice
          path={[...path, 'op']}
          label="How the path is compared"
          value={match?.op ?? ''}
          options={[ANY_PATH, ...OPERATORS]}
          onChange={(op) => edit(operate(op))}
        />
        {match !== null && (
          <BareText
            path={[...path, 'value']}
            label="Path"
            value={match.value}
            isWrong={violations.length > 0}
            onChange={(value) => edit([{ path: [...path, 'value'], value }])}
          />
        )}
      </div>
      <FieldHelp violations={violations} />
    </>
  );
}

function NamedRows({ path, what, rows }: { path: Path; what: string; rows: readonly NamedMatch[] }) {
  return rows.map((row, index) => <NamedRow key={index} list={path} index={index} what={what} row={row} />);
}

function NamedRow({ list, index, what, row }: { list: Path; index: number; what: string; row: NamedMatch }) {
  const { document, edit, readOnly } = useEditing();
  const path = [...list, index];
  const violations = useViolations(path);
  const label = `${what} ${String(index + 1)}`;
  return (
    <>
      <div className="weft-match-row">
        <span className="weft-match-what">{what}</span>
        <BareText
          path={[...path, 'name']}
          label={`${label}: name`}
          value={row.name}
          placeholder="name"
          isWrong={violations.length > 0}
          onChange={(value) => edit([{ path: [...path, 'name'], value }])}
        />
        <Choice
          path={[...path, 'op']}
          label={`${label}: how it is compared`}
          value={row.op}
          options={OPERATORS.filter((each) => TEXT_OPERATORS.some((op) => op === each.value))}
          onChange={(op) => edit([{ path: [...path, 'op'], value: op }])}
        />
        <BareText
          path={[...path, 'value']}
          label={`${label}: value`}
          value={row.value}
          placeholder="value"
          isWrong={violations.length > 0}
          onChange={(value) => edit([{ path: [...path, 'value'], value }])}
        />
        {readOnly === '' && (
          <Button variant="plain" aria-label={`Remove ${label}`} icon={<TrashIcon />} onClick={() => edit(without(document, list, index))} />
        )}
      </div>
      <FieldHelp violations={violations} />
    </>
  );
}

function AddNamed({ path, what }: { path: Path; what: string }) {
  const { document, edit } = useEditing();
  return (
    <Button variant="link" isInline icon={<PlusIcon />} onClick={() => edit(appended(document, path, { name: '', op: 'Exact', value: '' }))}>
      Add a {what}
    </Button>
  );
}
