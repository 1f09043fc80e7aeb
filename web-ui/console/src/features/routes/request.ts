import { type Match, type NamedMatch, type RouteForm, type TextMatch, ruleName } from './model';

/**
 * Which rule a request would take, as the mesh decides: rules in order, the first that holds. A request that no rule
 * catches takes the service's default.
 */

export interface Request {
  method: string;
  /** With its query, as a person would type it: `/api/cart?debug=1`. */
  path: string;
  headers: { name: string; value: string }[];
}

/** `unknown`: an expression that this browser cannot evaluate as the mesh would. */
export type Holds = 'yes' | 'no' | 'unknown';

export interface RuleAnswer {
  index: number;
  name: string;
  holds: Holds;
  why: string;
}

export interface Verdict {
  /** Null: none, so the default. */
  rule: number | null;
  /** A rule before it could not be decided here. */
  certain: boolean;
  answers: RuleAnswer[];
}

export function verdict(form: RouteForm, request: Request): Verdict {
  const answers: RuleAnswer[] = [];
  let certain = true;
  for (const [index, rule] of form.rules.entries()) {
    const answer = { index, name: ruleName(rule, index), ...ruleHolds(rule.matches, request) };
    answers.push(answer);
    if (answer.holds === 'unknown') certain = false;
    if (answer.holds === 'yes') return { rule: index, certain, answers };
  }
  return { rule: null, certain, answers };
}

function ruleHolds(matches: readonly Match[], request: Request): { holds: Holds; why: string } {
  if (matches.length === 0) return { holds: 'yes', why: 'it has no conditions' };
  const all = matches.map((match) => matchHolds(match, request));
  const yes = all.find((each) => each.holds === 'yes');
  if (yes !== undefined) return yes;
  const unknown = all.find((each) => each.holds === 'unknown');
  return unknown ?? { holds: 'no', why: all.map((each) => each.why).join('; ') };
}

function matchHolds(match: Match, request: Request): { holds: Holds; why: string } {
  const { path, query } = split(request.path);
  const checks: { what: string; holds: Holds }[] = [];
  if (match.method !== '') checks.push({ what: 'method', holds: yesOrNo(match.method === request.method) });
  if (match.path !== null) checks.push({ what: 'path', holds: textHolds(match.path, path) });
  for (const header of match.headers) {
    checks.push({ what: `header ${header.name}`, holds: namedHolds(header, headerValue(request, header.name)) });
  }
  for (const parameter of match.queryParams) {
    checks.push({ what: `query ${parameter.name}`, holds: namedHolds(parameter, query.get(parameter.name)) });
  }
  if (checks.length === 0) return { holds: 'unknown', why: 'a condition is empty' };
  const no = checks.filter((check) => check.holds === 'no');
  if (no.length > 0) return { holds: 'no', why: `${no.map((check) => check.what).join(', ')} does not fit` };
  const unknown = checks.filter((check) => check.holds === 'unknown');
  if (unknown.length > 0) {
    return { holds: 'unknown', why: `${unknown.map((c) => c.what).join(', ')} cannot be evaluated in this browser` };
  }
  return { holds: 'yes', why: `${checks.map((check) => check.what).join(', ')} fits` };
}

function split(path: string): { path: string; query: URLSearchParams } {
  const mark = path.indexOf('?');
  return mark < 0
    ? { path, query: new URLSearchParams() }
    : { path: path.slice(0, mark), query: new URLSearchParams(path.slice(mark + 1)) };
}

function headerValue(request: Request, name: string): string | null {
  const wanted = name.toLowerCase();
  const values = request.headers.filter((header) => header.name.toLowerCase() === wanted).map((h) => h.value);
  return values.length === 0 ? null : values.join(',');
}

function namedHolds(match: NamedMatch, value: string | null): Holds {
  return value === null ? 'no' : textHolds(match, value);
}

function yesOrNo(holds: boolean): Holds {
  return holds ? 'yes' : 'no';
}

export function textHolds(match: TextMatch, text: string): Holds {
  switch (match.op) {
    case 'Exact':
      return yesOrNo(text === match.value);
    case 'Prefix':
      return yesOrNo(text.startsWith(match.value));
    case 'Regex': {
      const expression = compiled(match.value);
      return expression === null ? 'unknown' : yesOrNo(expression.test(text));
    }
  }
}

/** What RE2 knows and JavaScript reads otherwise, or not at all. */
const OTHERWISE_IN_RE2 = /\(\?[a-zA-Z-]+[:)]|\(\?P|\\[AzCQEpP]|\[\[:|(?<!\\)\\[1-9k]|\(\?[=!<]/;
const LONGEST_EXPRESSION = 512;

/** An RE2 expression that must fit the whole text; null where JavaScript would read it differently. */
function compiled(expression: string): RegExp | null {
  const ignoresCase = expression.startsWith('(?i)');
  const rest = ignoresCase ? expression.slice(4) : expression;
  if (rest.length > LONGEST_EXPRESSION || OTHERWISE_IN_RE2.test(rest) || mayRunLong(rest)) return null;
  try {
    return new RegExp(`^(?:${rest})$`, ignoresCase ? 'is' : 's');
  } catch {
    return null;
  }
}

/** A repetition inside a repetition: linear in RE2, without end here. */
function mayRunLong(expression: string): boolean {
  return /[+*}]\)*\)[+*{]/.test(expression.replaceAll(/\\./g, ''));
}

/** Lines `name: value`, as they are pasted from a log or from curl. */
export function headersOf(text: string): { name: string; value: string }[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.includes(':'))
    .map((line) => {
      const colon = line.indexOf(':');
      return { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() };
    });
}
