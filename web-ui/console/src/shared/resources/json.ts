/** Plain JSON, and RFC 6901 pointers into it. */

export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  [member: string]: Json | undefined;
}

/** One step down: a member's name or an item's place. */
export type Step = string | number;
export type Path = readonly Step[];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function textsOf(value: unknown): string[] {
  return listOf(value).filter((item): item is string => typeof item === 'string');
}

/** What stands at a path; undefined where nothing does. */
export function at(value: unknown, path: Path): Json | undefined {
  let here: unknown = value;
  for (const step of path) {
    if (Array.isArray(here) && typeof step === 'number') here = here[step];
    else if (isObject(here) && typeof step === 'string') here = Object.hasOwn(here, step) ? here[step] : undefined;
    else return undefined;
  }
  return here as Json | undefined;
}

export function pointerOf(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

export function equal(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => equal(item, other[index]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const members = present(one);
  return members.length === present(other).length && members.every((name) => equal(one[name], other[name]));
}

/** The members that are there: one that is undefined is not. */
export function present(object: JsonObject): string[] {
  return Object.keys(object).filter((name) => object[name] !== undefined);
}
