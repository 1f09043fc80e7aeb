/** One thing that is wrong with what was sent; the pointer is an RFC 6901 path into the document. */
export interface Violation {
  pointer: string;
  value?: unknown;
  message: string;
  expected?: string;
}

/** What the hub or the edge answered instead of what was asked for (RFC 9457), or that it could not be reached. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  /** HTTP status; 0 when there was no answer at all. */
  readonly status: number;
  /** The last path segment of the problem's type, such as `session-expired`; empty for the general ones. */
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  readonly violations: readonly Violation[];
  readonly requestId: string | undefined;
  /** Seconds to wait before asking again, where the server said so. */
  readonly retryAfter: number | undefined;
  /** The whole document, for what only one caller knows how to read. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(fields: {
    status: number;
    type?: string;
    title: string;
    detail?: string;
    violations?: readonly Violation[];
    requestId?: string;
    retryAfter?: number;
    body?: Readonly<Record<string, unknown>>;
  }) {
    super(fields.detail ?? fields.title);
    this.status = fields.status;
    this.kind = fields.type === undefined || fields.type === 'about:blank' ? '' : (fields.type.split('/').pop() ?? '');
    this.title = fields.title;
    this.detail = fields.detail ?? '';
    this.violations = fields.violations ?? [];
    this.requestId = fields.requestId;
    this.retryAfter = fields.retryAfter;
    this.body = fields.body ?? {};
  }

  /** There is nobody to answer: no network, or the hub is down. */
  get unreachable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  get sessionOver(): boolean {
    return this.status === 401;
  }

  get conflict(): boolean {
    return this.status === 409 || this.status === 412;
  }
}

export function isApiProblem(thrown: unknown): thrown is ApiProblem {
  return thrown instanceof ApiProblem;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function violationsOf(value: unknown): Violation[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((each) => ({
    pointer: text(each.pointer) ?? '',
    value: each.value,
    message: text(each.message) ?? 'is not valid',
    expected: text(each.expected),
  }));
}

/** Reads whatever came with an error status; anything that is no problem document still becomes one. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  let body: Record<string, unknown> = {};
  try {
    const read: unknown = await response.clone().json();
    if (isRecord(read)) body = read;
  } catch {
    // no JSON: the status alone has to do
  }
  const wait = Number(response.headers.get('Retry-After'));
  return new ApiProblem({
    status: response.status,
    type: text(body.type),
    title: text(body.title) ?? (response.statusText || `HTTP ${response.status}`),
    detail: text(body.detail),
    violations: violationsOf(body.violations),
    requestId: response.headers.get('X-Request-Id') ?? text(body.requestId),
    retryAfter: Number.isFinite(wait) && wait > 0 ? wait : undefined,
    body,
  });
}

/** For a request that got no answer. */
export function unreachable(cause: unknown): ApiProblem {
  const problem = new ApiProblem({
    status: 0,
    title: 'No answer',
    detail: 'The server could not be reached. Check the connection; the page tries again by itself.',
  });
  problem.cause = cause;
  return problem;
}
