import { type Edit, unknownMembers } from '~/shared/resources/draft';
import { type Json, type JsonObject, type Path, at, isObject, listOf, objectOf, pointerOf, textOf } from '~/shared/resources/json';
import { type SelectorForm, selectorForm, selectorJson, selectorWords } from './selector';

/** A global namespace as the form shows it: a view of its document, like that of a route. */

export const SELECTORS = ['clusterSelector', 'namespaceSelector', 'serviceSelector'] as const;
export type SelectorName = (typeof SELECTORS)[number];

export const SELECTED: Record<SelectorName, string> = {
  clusterSelector: 'clusters',
  namespaceSelector: 'namespaces',
  serviceSelector: 'services',
};

export type MemberRule = Record<SelectorName, SelectorForm>;

export interface GlobalNamespaceForm {
  name: string;
  displayName: string;
  description: string;
  domain: string;
  color: string;
  members: MemberRule[];
  /** Pointers of what the document says and no field of the form shows. */
  notShown: string[];
}

export const MEMBERS: Path = ['spec', 'members'];

export function memberPath(rule: number, selector?: SelectorName): Path {
  return selector === undefined ? [...MEMBERS, rule] : [...MEMBERS, rule, selector];
}

export function globalNamespaceForm(document: JsonObject): GlobalNamespaceForm {
  const spec = objectOf(document.spec);
  return {
    name: textOf(objectOf(document.metadata).name),
    displayName: textOf(spec.displayName),
    description: textOf(spec.description),
    domain: textOf(spec.domain),
    color: textOf(spec.color),
    members: listOf(spec.members).map(memberRule),
    notShown: notShown(document).map(pointerOf),
  };
}

export function memberRule(value: Json): MemberRule {
  const from = objectOf(value);
  return {
    clusterSelector: selectorForm(from.clusterSelector),
    namespaceSelector: selectorForm(from.namespaceSelector),
    serviceSelector: selectorForm(from.serviceSelector),
  };
}

function notShown(document: JsonObject): Path[] {
  return [
    ...unknownMembers(document, [], ['apiVersion', 'kind', 'metadata', 'spec', 'status']),
    ...unknownMembers(document.metadata, ['metadata'], ['name']),
    ...unknownMembers(document.spec, ['spec'], ['displayName', 'description', 'domain', 'members', 'mtls', 'color']),
    ...listOf(at(document, MEMBERS)).flatMap((rule, index) =>
      isObject(rule) ? notShownOfRule(rule, index) : [memberPath(index)],
    ),
  ];
}

function notShownOfRule(rule: JsonObject, index: number): Path[] {
  const ofSelectors = SELECTORS.flatMap((name) => {
    const selector = rule[name];
    if (Array.isArray(selector)) {
      return selector.flatMap((field, place) =>
        unknownMembers(field, [...memberPath(index, name), place], ['field', 'op', 'value']),
      );
    }
    return unknownMembers(selector, memberPath(index, name), ['matchLabels', 'matchExpressions']);
  });
  return [...unknownMembers(rule, memberPath(index), SELECTORS), ...ofSelectors];
}

/** Nothing selected yet: clusters and services are all of them, namespaces must be said. */
export function newGlobalNamespace(): JsonObject {
  return {
    apiVersion: 'weft.io/v1',
    kind: 'GlobalNamespace',
    metadata: { name: '' },
    spec: { domain: '', members: [emptyRule()], mtls: 'Strict' },
  };
}

export function emptyRule(): JsonObject {
  return { namespaceSelector: selectorJson({ mode: 'names', names: [] }) };
}

export function selectorEdit(document: JsonObject, rule: number, name: SelectorName, form: SelectorForm): Edit {
  const path = memberPath(rule, name);
  const everything = form.mode === 'all' && name !== 'namespaceSelector';
  return { path, value: everything ? undefined : selectorJson(form, at(document, path)) };
}

/** Rules that select nothing yet are left out when the hub is asked what would be caught. */
export function begun(document: JsonObject): JsonObject {
  const spec = objectOf(document.spec);
  const members = listOf(spec.members).filter((rule) => !unfinished(memberRule(rule)));
  return { ...document, spec: { ...spec, members } };
}

export function unfinished(rule: MemberRule): boolean {
  return SELECTORS.some((name) => {
    const selector = rule[name];
    return selector.mode === 'names' && selector.names.length === 0;
  });
}

/** One document with one rule: what that rule alone catches. */
export function ruleAlone(document: JsonObject, rule: number): JsonObject {
  const spec = objectOf(document.spec);
  const only = listOf(spec.members)[rule];
  return { ...document, spec: { ...spec, members: only === undefined ? [] : [only] } };
}

export function ruleWords(rule: MemberRule): string {
  return SELECTORS.toReversed()
    .map((name) => selectorWords(rule[name], SELECTED[name]))
    .join(', of ');
}

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Said while typing; the hub has the last word. Empty when nothing is the matter. */
export function nameTrouble(name: string, taken: readonly string[]): string {
  if (name === '') return '';
  if (!LABEL.test(name)) return 'Lower-case letters, digits and "-", up to 63, beginning and ending with a letter or digit.';
  return taken.includes(name) ? `There is a global namespace ${name} already.` : '';
}

export function domainTrouble(domain: string): string {
  if (domain === '') return '';
  const labels = domain.split('.');
  if (domain === 'local' || domain.endsWith('.local')) return 'Domains that end with .local belong to the clusters themselves.';
  if (domain.length > 190 || labels.length < 2 || !labels.every((label) => LABEL.test(label))) {
    return 'A DNS name of at least two labels, such as shop.example.';
  }
  return '';
}

/** A name that is proposed for a domain, until a person chooses another. */
export function nameFor(domain: string): string {
  const label = domain.split('.')[0] ?? '';
  return LABEL.test(label) ? label : '';
}
