import { LineCounter, parseDocument, stringify, type Document, type Node, isMap, isSeq, isScalar } from 'yaml';

/** More than any document of ours; aliases multiply, so they are bounded as well. */
const MOST_CHARACTERS = 512 * 1024;
const MOST_ALIASES = 100;

export interface YamlTrouble {
  /** Place in the text, in characters. */
  from: number;
  to: number;
  message: string;
}

export interface YamlRead {
  value: unknown;
  troubles: readonly YamlTrouble[];
  /** Where a JSON pointer's value stands in the text. */
  rangeOf: (pointer: string) => { from: number; to: number } | undefined;
}

export function toYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Reads what a person typed; whatever is wrong is told with its place, never thrown. */
export function readYaml(text: string): YamlRead {
  if (text.length > MOST_CHARACTERS) {
    return failed([{ from: 0, to: 1, message: `text: ${text.length} characters (expected: up to ${MOST_CHARACTERS})` }]);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, version: '1.2', schema: 'core' });
  const troubles = document.errors.map((error) => ({ from: error.pos[0], to: Math.max(error.pos[1], error.pos[0] + 1), message: error.message }));
  if (troubles.length > 0) return { ...failed(troubles), rangeOf: (pointer) => rangeOf(document, pointer) };
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { value, troubles: [], rangeOf: (pointer) => rangeOf(document, pointer) };
  } catch {
    return failed([{ from: 0, to: 1, message: `Too many aliases (expected: up to ${MOST_ALIASES}); write the values out.` }]);
  }
}

function failed(troubles: readonly YamlTrouble[]): YamlRead {
  return { value: undefined, troubles, rangeOf: () => undefined };
}

/** The parts of an RFC 6901 pointer. */
export function pointerParts(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The named value, or the nearest around it that is there: what is missing is shown where it would stand. */
function rangeOf(document: Document.Parsed, pointer: string): { from: number; to: number } | undefined {
  let node: unknown = document.contents;
  let key: unknown;
  for (const part of pointerParts(pointer)) {
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === part);
      key = pair?.key ?? key;
      next = pair?.value ?? pair?.key;
    } else if (isSeq(node)) {
      next = node.items[Number(part)];
      key = next;
    }
    if (next === undefined || next === null) break;
    node = next;
  }
  const range = isScalar(node) ? node.range : ((key as Node | undefined)?.range ?? (node as Node | null)?.range);
  if (range === undefined || range === null) return undefined;
  return { from: range[0], to: Math.max(range[1], range[0] + 1) };
}
