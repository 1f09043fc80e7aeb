import { type Document, LineCounter, isCollection, isMap, isScalar, isSeq, parseDocument, stringify } from 'yaml';
import { type Json, type JsonObject, type Path, isObject, objectOf } from './json';

/**
 * A draft is YAML text and nothing else: the form is a view of it, and an edit in the form changes the text where it
 * stands. So comments, order and fields that no form knows stay as they are, and the two views cannot differ.
 */

export interface TextRange {
  from: number;
  to: number;
}

export interface SyntaxError extends TextRange {
  message: string;
  line: number;
}

export type Parsed =
  { readable: true; document: JsonObject; errors: [] } | { readable: false; document: null; errors: SyntaxError[] };

/** A value to be put at a path; undefined takes away what stands there. */
export interface Edit {
  path: Path;
  value: Json | undefined;
}

const WRITING = { lineWidth: 0, indentSeq: true, aliasDuplicateObjects: false } as const;

export function parse(text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: false });
  const errors = document.errors.map((error) => ({
    message: error.message,
    line: lines.linePos(error.pos[0]).line,
    from: Math.min(error.pos[0], text.length),
    to: Math.min(error.pos[1], text.length),
  }));
  if (errors.length > 0) return { readable: false, document: null, errors };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 20 });
  } catch (refused) {
    return unreadable(text, refused instanceof Error ? refused.message : 'cannot be read');
  }
  if (value === null || value === undefined) return { readable: true, document: {}, errors: [] };
  if (!isObject(value)) return unreadable(text, 'is not an object (expected: a resource)');
  return { readable: true, document: value, errors: [] };
}

function unreadable(text: string, message: string): Parsed {
  return { readable: false, document: null, errors: [{ message, line: 1, from: 0, to: text.length }] };
}

export function write(document: unknown): string {
  return stringify(document, WRITING);
}

/** Applies edits to the text. What they do not touch keeps its bytes, as far as YAML lets it. */
export function edited(text: string, edits: readonly Edit[]): string {
  const document = parseDocument(text, { merge: false });
  if (document.errors.length > 0) return text;
  if (!isMap(document.contents)) document.contents = document.createNode({}) as never;
  for (const edit of edits) apply(document, edit);
  return document.toString(WRITING);
}

function apply(document: Document, { path, value }: Edit): void {
  if (value === undefined) {
    if (document.hasIn(path)) document.deleteIn(path);
    return;
  }
  makeWay(document, path);
  const old = document.getIn(path, true);
  if (isScalar(old) && !isObject(value) && !Array.isArray(value)) {
    old.value = value;
    delete old.source;
    if (typeof value === 'string') delete old.type;
    return;
  }
  document.setIn(path, document.createNode(value));
}

/** Makes the collections that a path goes through, of the kind that its next step needs. */
function makeWay(document: Document, path: Path): void {
  for (let length = 1; length < path.length; length++) {
    const way = path.slice(0, length);
    const there = document.getIn(way, true);
    const list = typeof path[length] === 'number';
    if (list ? isSeq(there) : isMap(there)) {
      if (isCollection(there) && there.items.length === 0) there.flow = false;
    } else {
      document.setIn(way, document.createNode(list ? [] : {}));
    }
  }
}

const DECIDED_BY_THE_HUB = ['generation', 'revision', 'createdAt', 'updatedAt', 'createdBy'];

/** A resource without what the hub alone decides: what a person edits. */
export function editable(resource: unknown): JsonObject {
  const whole = objectOf(resource);
  const metadata = Object.fromEntries(
    Object.entries(objectOf(whole.metadata)).filter(([name, value]) => !DECIDED_BY_THE_HUB.includes(name) && !isEmpty(value)),
  );
  const { apiVersion, kind, spec, ...rest } = whole;
  delete rest.status;
  delete rest.metadata;
  return { apiVersion, kind, metadata, spec: spec ?? {}, ...rest };
}

function isEmpty(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

/** The members of an object at a path that are not among those known, as paths. */
export function unknownMembers(value: unknown, path: Path, known: readonly string[]): Path[] {
  return Object.keys(objectOf(value))
    .filter((name) => !known.includes(name))
    .map((name) => [...path, name]);
}

/** The edit that takes the item at one place of a list to another. */
export function moved(list: Path, items: readonly Json[], from: number, to: number): Edit[] {
  const all = [...items];
  const [item] = all.splice(from, 1);
  if (item === undefined || to < 0 || to > all.length) return [];
  all.splice(to, 0, item);
  return [{ path: list, value: all }];
}
