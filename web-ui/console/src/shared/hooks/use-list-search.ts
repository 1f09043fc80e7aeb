import { useSearchParams, useSetSearch, useTenantPath } from '~/app/navigate';
import type { Query } from '~/api/http';

const LIMITS = [20, 50, 100] as const;
const STORAGE = 'weft.pages';

export interface ListDefaults {
  sort: string;
  /** Names of the filters, as they stand in the URL and in the API. */
  filters?: readonly string[];
  /** Goes into every question and is no filter: what the page is about. */
  fixed?: Query;
}

/** A list's question, all of it in the URL. */
export interface ListSearch {
  q: string;
  /** `name`, or `-name` for the other way. */
  sort: string;
  limit: number;
  /** Number of the page shown, from 1. */
  page: number;
  filters: Readonly<Record<string, string | undefined>>;
  /** Key of the row whose drawer is open. */
  row: string | undefined;
  /** What to ask the server. */
  query: Query;
  /** The same as one text: another question means other rows. */
  question: string;
  setQ: (q: string) => void;
  setSort: (sort: string) => void;
  setLimit: (limit: number) => void;
  setFilter: (name: string, value: string | undefined) => void;
  clear: () => void;
  setRow: (key: string | undefined) => void;
  goNext: (token: string) => void;
  goPrevious: () => void;
  goFirst: () => void;
  limits: readonly number[];
}

/** Which page came before the one with a token: the server only knows the way on. */
function before(list: string, token: string): string | undefined {
  try {
    const all = JSON.parse(sessionStorage.getItem(STORAGE) ?? '{}') as Record<string, string>;
    return all[`${list} ${token}`];
  } catch {
    return undefined;
  }
}

function remember(list: string, token: string, previous: string): void {
  try {
    const all = JSON.parse(sessionStorage.getItem(STORAGE) ?? '{}') as Record<string, string>;
    const entries = Object.entries({ ...all, [`${list} ${token}`]: previous });
    sessionStorage.setItem(STORAGE, JSON.stringify(Object.fromEntries(entries.slice(-200))));
  } catch {
    // storage is off: "previous" then goes to the first page
  }
}

export function useListSearch({ sort: defaultSort, filters: filterNames = [], fixed = {} }: ListDefaults): ListSearch {
  const search = useSearchParams();
  const set = useSetSearch();
  const list = useTenantPath();
  const q = search.q ?? '';
  const sort = search.sort ?? defaultSort;
  const asked = Number(search.limit);
  const limit = LIMITS.find((each) => each === asked) ?? LIMITS[0];
  const after = search.after;
  const page = after === undefined ? 1 : Math.max(2, Math.trunc(Number(search.page)) || 2);
  const filters = Object.fromEntries(filterNames.map((name) => [name, search[name]]));
  const query: Query = { ...fixed, ...filters, q: q || undefined, sort, limit, continue: after };
  const first = { after: undefined, page: undefined, row: undefined };
  return {
    q,
    sort,
    limit,
    page,
    filters,
    row: search.row,
    query,
    question: JSON.stringify(query),
    limits: LIMITS,
    setQ: (value) => set({ ...first, q: value }, { replace: true }),
    setSort: (value) => set({ ...first, sort: value === defaultSort ? undefined : value }),
    setLimit: (value) => set({ ...first, limit: value === LIMITS[0] ? undefined : String(value) }),
    setFilter: (name, value) => set({ ...first, [name]: value }),
    clear: () => set({ ...first, q: undefined, ...Object.fromEntries(filterNames.map((name) => [name, undefined])) }),
    setRow: (key) => set({ row: key }, { replace: search.row !== undefined }),
    goNext: (token) => {
      remember(list, token, after ?? '');
      set({ after: token, page: String(page + 1), row: undefined });
    },
    goPrevious: () => {
      const previous = after === undefined ? '' : (before(list, after) ?? '');
      set({ after: previous, page: previous === '' ? undefined : String(page - 1), row: undefined });
    },
    goFirst: () => set(first),
  };
}
