import { type Edit, unknownMembers } from '~/shared/resources/draft';
import {
  type Json,
  type JsonObject,
  type Path,
  at,
  isObject,
  listOf,
  objectOf,
  pointerOf,
  textOf,
} from '~/shared/resources/json';
import { withOneMore, withWeight, withoutOne } from '~/shared/resources/weights';

/** A route as the form shows it: a view of its document. Every edit is one of the document, nothing is kept beside it. */

export const TEXT_OPERATORS = ['Exact', 'Prefix', 'Regex'] as const;
export type TextOperator = (typeof TEXT_OPERATORS)[number];

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'] as const;

export const RETRY_CONDITIONS = [
  '5xx',
  'cancelled',
  'connect-failure',
  'deadline-exceeded',
  'gateway-error',
  'internal',
  'refused-stream',
  'reset',
  'reset-before-request',
  'resource-exhausted',
  'retriable-4xx',
  'unavailable',
] as const;

export interface TextMatch {
  op: TextOperator;
  value: string;
}

export interface NamedMatch extends TextMatch {
  name: string;
}

export interface Match {
  path: TextMatch | null;
  method: string;
  headers: NamedMatch[];
  queryParams: NamedMatch[];
}

export interface Destination {
  version: string;
  cluster: string;
  weight: number;
}

export interface Retries {
  attempts: number;
  perTryTimeout: string;
  on: string;
}

export interface Rule {
  name: string;
  matches: Match[];
  split: Destination[];
  timeout: string;
  retries: Retries | null;
}

export interface RouteForm {
  name: string;
  globalNamespace: string;
  description: string;
  target: string;
  rules: Rule[];
  /** Pointers of what the document says and no field of the form shows. The form keeps it as it is. */
  notShown: string[];
}

export const RULES: Path = ['spec', 'rules'];

export function rulePath(rule: number, ...further: (string | number)[]): Path {
  return [...RULES, rule, ...further];
}

export function routeForm(document: JsonObject): RouteForm {
  const metadata = objectOf(document.metadata);
  const spec = objectOf(document.spec);
  return {
    name: textOf(metadata.name),
    globalNamespace: textOf(metadata.globalNamespace),
    description: textOf(spec.description),
    target: textOf(spec.target),
    rules: listOf(spec.rules).map(rule),
    notShown: notShown(document).map(pointerOf),
  };
}

function rule(value: Json): Rule {
  const from = objectOf(value);
  return {
    name: textOf(from.name),
    matches: listOf(from.matches).map(match),
    split: listOf(from.split).map(destination),
    timeout: textOf(from.timeout),
    retries: isObject(from.retries) ? retries(from.retries) : null,
  };
}

function match(value: Json): Match {
  const from = objectOf(value);
  return {
    path: isObject(from.path) ? textMatch(from.path) : null,
    method: textOf(from.method),
    headers: listOf(from.headers).map(namedMatch),
    queryParams: listOf(from.queryParams).map(namedMatch),
  };
}

function textMatch(value: Json): TextMatch {
  const from = objectOf(value);
  const op = TEXT_OPERATORS.find((each) => each === from.op) ?? 'Exact';
  return { op, value: textOf(from.value) };
}

function namedMatch(value: Json): NamedMatch {
  return { name: textOf(objectOf(value).name), ...textMatch(value) };
}

function destination(value: Json): Destination {
  const from = objectOf(value);
  const weight = typeof from.weight === 'number' ? from.weight : 0;
  return { version: textOf(from.version), cluster: textOf(from.cluster), weight };
}

function retries(from: JsonObject): Retries {
  const attempts = typeof from.attempts === 'number' ? from.attempts : 0;
  return { attempts, perTryTimeout: textOf(from.perTryTimeout), on: textOf(from.on) };
}

/** The fields of a text match. */
const TEXT = ['op', 'value'];

function notShown(document: JsonObject): Path[] {
  const spec = document.spec;
  const top = unknownMembers(document, [], ['apiVersion', 'kind', 'metadata', 'spec', 'status']);
  const kept = unknownMembers(document.metadata, ['metadata'], ['name', 'globalNamespace']);
  const inSpec = unknownMembers(spec, ['spec'], ['description', 'target', 'rules']);
  const rules = listOf(at(document, RULES)).flatMap((each, index) => notShownOfRule(each, rulePath(index)));
  return [...top, ...kept, ...inSpec, ...rules];
}

function notShownOfRule(value: Json, path: Path): Path[] {
  if (!isObject(value)) return [path];
  const known = ['name', 'matches', 'split', 'timeout', 'retries'];
  return [
    ...unknownMembers(value, path, known),
    ...unknownMembers(value.retries, [...path, 'retries'], ['attempts', 'perTryTimeout', 'on']),
    ...listOf(value.matches).flatMap((each, index) => notShownOfMatch(each, [...path, 'matches', index])),
    ...listOf(value.split).flatMap((each, index) =>
      unknownMembers(each, [...path, 'split', index], ['version', 'cluster', 'weight']),
    ),
  ];
}

function notShownOfMatch(value: Json, path: Path): Path[] {
  const named = ['headers', 'queryParams'].flatMap((list) =>
    listOf(objectOf(value)[list]).flatMap((each, index) =>
      unknownMembers(each, [...path, list, index], ['name', ...TEXT]),
    ),
  );
  return [
    ...unknownMembers(value, path, ['path', 'method', 'headers', 'queryParams']),
    ...unknownMembers(objectOf(value).path, [...path, 'path'], TEXT),
    ...named,
  ];
}

/** A text of a field: an empty one is a field left out. */
export function textEdit(path: Path, value: string): Edit {
  return { path, value: value === '' ? undefined : value };
}

export function newRoute(globalNamespace: string, name: string, target: string): JsonObject {
  return {
    apiVersion: 'weft.io/v1',
    kind: 'TrafficRoute',
    metadata: { name, globalNamespace },
    spec: { target, rules: [{ name: 'all', split: [{ weight: 100 }] }] },
  };
}

/** A new rule goes before one that catches everything, as nothing after it would ever hold. */
export function withRule(form: RouteForm, document: JsonObject): { edits: Edit[]; index: number } {
  const rules = listOf(at(document, RULES));
  const last = form.rules.at(-1);
  const index = last !== undefined && last.matches.length === 0 ? rules.length - 1 : rules.length;
  const added: JsonObject = {
    name: freeName(form),
    matches: [{ path: { op: 'Prefix', value: '/' } }],
    split: [{ weight: 100 }],
  };
  return { edits: [{ path: RULES, value: [...rules.slice(0, index), added, ...rules.slice(index)] }], index };
}

function freeName(form: RouteForm): string {
  const taken = new Set(form.rules.map((each) => each.name));
  let number = form.rules.length + 1;
  while (taken.has(`rule-${String(number)}`)) number++;
  return `rule-${String(number)}`;
}

/** An item less; a list that becomes empty goes as a whole. */
export function without(document: JsonObject, list: Path, index: number): Edit[] {
  const items = listOf(at(document, list)).filter((_, place) => place !== index);
  return items.length === 0 ? [{ path: list, value: undefined }] : [{ path: [...list, index], value: undefined }];
}

export function appended(document: JsonObject, list: Path, item: Json): Edit[] {
  return [{ path: [...list, listOf(at(document, list)).length], value: item }];
}

export function weightEdits(rule: number, weights: readonly number[]): Edit[] {
  return weights.map((value, index) => ({ path: rulePath(rule, 'split', index, 'weight'), value }));
}

export function weighted(form: RouteForm, rule: number, index: number, weight: number): Edit[] {
  return weightEdits(rule, withWeight(weightsOf(form, rule), index, weight));
}

export function withDestination(form: RouteForm, rule: number): Edit[] {
  return weightEdits(rule, withOneMore(weightsOf(form, rule)));
}

export function withoutDestination(document: JsonObject, form: RouteForm, rule: number, index: number): Edit[] {
  const weights = withoutOne(weightsOf(form, rule), index);
  return [...without(document, rulePath(rule, 'split'), index), ...weightEdits(rule, weights)];
}

export function weightsOf(form: RouteForm, rule: number): number[] {
  return (form.rules[rule]?.split ?? []).map((each) => each.weight);
}

/** `path begins with /api and header x-user is anna`, in words that can be read in a table. */
export function matchWords(match: Match): string {
  const parts: string[] = [];
  if (match.method !== '') parts.push(`method is ${match.method}`);
  if (match.path !== null) parts.push(`path ${textWords(match.path)}`);
  for (const header of match.headers) parts.push(`header ${header.name} ${textWords(header)}`);
  for (const query of match.queryParams) parts.push(`query ${query.name} ${textWords(query)}`);
  return parts.length === 0 ? 'nothing yet' : parts.join(' and ');
}

function textWords(match: TextMatch): string {
  switch (match.op) {
    case 'Exact':
      return `is ${match.value}`;
    case 'Prefix':
      return `begins with ${match.value}`;
    case 'Regex':
      return `fits ${match.value}`;
  }
}

export function ruleWords(rule: Rule): string {
  return rule.matches.length === 0 ? 'every request' : rule.matches.map(matchWords).join(', or ');
}

export function destinationWords(destination: Destination): string {
  const version = destination.version === '' ? 'any version' : `version ${destination.version}`;
  const cluster = destination.cluster === '' ? 'nearest cluster' : `cluster ${destination.cluster} first`;
  return `${version}, ${cluster}`;
}

export function splitWords(rule: Rule): string {
  if (rule.split.length === 0) return "the service's own default";
  return rule.split.map((each) => `${String(each.weight)} % ${destinationWords(each)}`).join(' · ');
}

export function ruleName(rule: Rule, index: number): string {
  return rule.name === '' ? `rule-${String(index + 1)}` : rule.name;
}

/** The conditions of a retry as a list; the document has them with commas. */
export function conditions(on: string): string[] {
  return on
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** Clusters and versions that the rules of a route name. */
export function named(form: RouteForm): { clusters: string[]; versions: string[] } {
  const all = form.rules.flatMap((each) => each.split);
  const distinct = (values: string[]) => [...new Set(values.filter((value) => value !== ''))].sort();
  return { clusters: distinct(all.map((d) => d.cluster)), versions: distinct(all.map((d) => d.version)) };
}

