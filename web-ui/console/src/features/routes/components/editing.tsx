import { createContext, useContext } from 'react';
import type { Violation } from '~/api/problem';
import type { Edit } from '~/shared/resources/draft';
import { type JsonObject, type Path, pointerOf } from '~/shared/resources/json';
import { nearest } from '~/shared/resources/violations';
import { type RouteForm, RULES, rulePath } from '../model';

/** One route being edited, for the fields of its form. */
export interface Editing {
  document: JsonObject;
  form: RouteForm;
  edit: (edits: readonly Edit[]) => void;
  violations: readonly Violation[];
  fields: ReadonlySet<string>;
  /** Why nothing can be edited; empty when it can. */
  readOnly: string;
  versions: readonly string[];
  clusters: readonly string[];
}

const Context = createContext<Editing | null>(null);

export const EditingProvider = Context.Provider;

export function useEditing(): Editing {
  const editing = useContext(Context);
  if (editing === null) throw new Error('a field of a route outside of its form');
  return editing;
}

/** What is wrong with one field, or with a part of it that has no field of its own. */
export function useViolations(path: Path): readonly Violation[] {
  const { violations, fields } = useEditing();
  const pointer = pointerOf(path);
  return violations.filter((violation) => nearest(violation.pointer, fields) === pointer);
}

/** Every pointer that the form has a place for. */
export function fieldsOf(form: RouteForm): ReadonlySet<string> {
  const paths: Path[] = [['spec', 'description'], ['spec', 'target'], RULES];
  form.rules.forEach((rule, index) => {
    for (const field of ['name', 'matches', 'split', 'timeout', 'retries']) paths.push(rulePath(index, field));
    for (const field of ['attempts', 'perTryTimeout', 'on']) paths.push(rulePath(index, 'retries', field));
    rule.matches.forEach((match, place) => {
      for (const field of ['method', 'path']) paths.push(rulePath(index, 'matches', place, field));
      match.headers.forEach((_, row) => paths.push(rulePath(index, 'matches', place, 'headers', row)));
      match.queryParams.forEach((_, row) => paths.push(rulePath(index, 'matches', place, 'queryParams', row)));
    });
    rule.split.forEach((_, place) => paths.push(rulePath(index, 'split', place)));
  });
  return new Set(paths.map(pointerOf));
}
