import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isApiProblem, type ApiProblem } from '~/api/problem';

const RETRIES = 1;
/** A page that waits says why soon; it is asked for again below. */
const LONGEST_WAIT_MILLIS = 1_000;

/** What may pass by itself is asked again; an answer that says no is an answer. */
function mayPass(failures: number, error: unknown): boolean {
  if (!isApiProblem(error)) return false;
  return error.unreachable && failures < RETRIES;
}

function waitMillis(problem: ApiProblem): number {
  return Math.max(5_000, (problem.retryAfter ?? 0) * 1_000);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      retry: mayPass,
      retryDelay: (attempt) => Math.min(LONGEST_WAIT_MILLIS, 500 * 2 ** attempt),
      refetchOnWindowFocus: false,
      refetchOnReconnect: true,
      networkMode: 'always',
      // Whatever could not be read is asked for again, slowly: "the hub is back" needs no reload.
      refetchInterval: (query) => (query.state.status === 'error' && isApiProblem(query.state.error) && query.state.error.unreachable ? waitMillis(query.state.error) : false),
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

export function Providers({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>;
}
