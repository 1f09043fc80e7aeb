import { type Json, type JsonObject, isObject, listOf, objectOf, textOf, textsOf } from '~/shared/resources/json';

/**
 * A selector of clusters, namespaces or services as a person chooses it. The document knows two shapes, labels or a list
 * of matches on the name that must all hold; "one of these names" is written as an expression that fits any of them.
 */
export type SelectorForm =
  | { mode: 'all' }
  | { mode: 'names'; names: string[] }
  | { mode: 'patterns'; patterns: Pattern[] }
  | { mode: 'labels'; labels: LabelRow[] };

export type SelectorMode = SelectorForm['mode'];

export const PATTERN_OPERATORS = ['Exact', 'Prefix', 'Suffix', 'Regex'] as const;
export type PatternOperator = (typeof PATTERN_OPERATORS)[number];

export interface Pattern {
  op: PatternOperator;
  value: string;
}

export const LABEL_OPERATORS = ['Is', 'In', 'NotIn', 'Exists', 'DoesNotExist'] as const;
export type LabelOperator = (typeof LABEL_OPERATORS)[number];

export interface LabelRow {
  key: string;
  operator: LabelOperator;
  values: string[];
}

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export function selectorForm(value: Json | undefined): SelectorForm {
  if (Array.isArray(value)) return nameForm(value);
  const { matchLabels, matchExpressions } = objectOf(value);
  const labels: LabelRow[] = [
    ...Object.entries(objectOf(matchLabels)).map(([key, text]) => ({
      key,
      operator: 'Is' as const,
      values: [textOf(text)],
    })),
    ...listOf(matchExpressions).map(labelRow),
  ];
  return labels.length === 0 ? { mode: 'all' } : { mode: 'labels', labels };
}

function nameForm(fields: readonly Json[]): SelectorForm {
  const patterns = fields.map(pattern);
  if (patterns.length === 0) return { mode: 'all' };
  const only = patterns.length === 1 ? patterns[0] : undefined;
  const names = only === undefined ? null : alternatives(only);
  return names === null ? { mode: 'patterns', patterns } : { mode: 'names', names };
}

function pattern(field: Json): Pattern {
  const from = objectOf(field);
  return { op: PATTERN_OPERATORS.find((op) => op === from.op) ?? 'Exact', value: textOf(from.value) };
}

/** The names that an expression lists; null when it says something else. */
function alternatives({ op, value }: Pattern): string[] | null {
  if (value === '' && op !== 'Prefix' && op !== 'Suffix') return [];
  if (op === 'Exact') return NAME.test(value) ? [value] : null;
  if (op !== 'Regex') return null;
  const names = value.replace(/^\((?:\?:)?(.*)\)$/, '$1').split('|');
  return names.every((name) => NAME.test(name)) ? names : null;
}

function labelRow(expression: Json): LabelRow {
  const from = objectOf(expression);
  const operator = LABEL_OPERATORS.find((each) => each === from.operator && each !== 'Is') ?? 'Exists';
  return { key: textOf(from.key), operator, values: textsOf(from.values) };
}

/** As it stands in the document. Members of the old value that no form knows stay. */
export function selectorJson(form: SelectorForm, old?: Json): Json {
  switch (form.mode) {
    case 'all':
      return {};
    case 'names':
      return form.names.length === 1
        ? [{ field: 'name', op: 'Exact', value: form.names[0] ?? '' }]
        : [{ field: 'name', op: 'Regex', value: form.names.join('|') }];
    case 'patterns':
      return form.patterns.map(({ op, value }) => ({ field: 'name', op, value }));
    case 'labels':
      return labelsJson(form.labels, old);
  }
}

function labelsJson(labels: readonly LabelRow[], old?: Json): JsonObject {
  const exact = labels.filter((row) => row.operator === 'Is' && row.key !== '');
  const unique = new Map(exact.map((row) => [row.key, row.values[0] ?? '']));
  const rest = labels.filter((row) => !exact.includes(row));
  const json: JsonObject = Object.fromEntries(
    Object.entries(isObject(old) ? old : {}).filter(([name]) => name !== 'matchLabels' && name !== 'matchExpressions'),
  );
  if (unique.size > 0) json.matchLabels = Object.fromEntries(unique);
  if (rest.length > 0) {
    json.matchExpressions = rest.map((row) => ({
      key: row.key,
      operator: row.operator === 'Is' ? 'In' : row.operator,
      ...(takesValues(row.operator) ? { values: row.values } : {}),
    }));
  }
  return json;
}

export function takesValues(operator: LabelOperator): boolean {
  return operator === 'Is' || operator === 'In' || operator === 'NotIn';
}

/** What a person begins with after choosing a mode. */
export function fresh(mode: SelectorMode): SelectorForm {
  switch (mode) {
    case 'all':
      return { mode };
    case 'names':
      return { mode, names: [] };
    case 'patterns':
      return { mode, patterns: [{ op: 'Prefix', value: '' }] };
    case 'labels':
      return { mode, labels: [{ key: '', operator: 'Is', values: [''] }] };
  }
}

/** In words, with what it selects: `clusters named a or b`. */
export function selectorWords(form: SelectorForm, what: string): string {
  switch (form.mode) {
    case 'all':
      return `all ${what}`;
    case 'names':
      return form.names.length === 0 ? `no ${what} yet` : `${what} ${listed(form.names, 'or')}`;
    case 'patterns':
      return `${what} whose name ${listed(form.patterns.map(patternWords), 'and')}`;
    case 'labels':
      return `${what} with ${listed(form.labels.map(labelWords), 'and')}`;
  }
}

function patternWords({ op, value }: Pattern): string {
  switch (op) {
    case 'Exact':
      return `is ${value}`;
    case 'Prefix':
      return `begins with ${value}`;
    case 'Suffix':
      return `ends with ${value}`;
    case 'Regex':
      return `fits ${value}`;
  }
}

function labelWords({ key, operator, values }: LabelRow): string {
  switch (operator) {
    case 'Is':
      return `${key}=${values[0] ?? ''}`;
    case 'In':
      return `${key} in ${values.join(', ')}`;
    case 'NotIn':
      return `${key} not in ${values.join(', ')}`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `no ${key}`;
  }
}

function listed(items: readonly string[], word: 'and' | 'or'): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1) ?? ''}`;
}
