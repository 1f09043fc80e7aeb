import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState, Loading, Stale } from './states';

export interface QueryViewProps<T> {
  query: UseQueryResult<T>;
  /** Named when it is not found: `Cluster aws-eu-1`. */
  what: string;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/** One read and its states: skeleton, error, the data, or old data that says so. */
export function QueryView<T>({ query, what, skeleton, children }: QueryViewProps<T>) {
  const retry = () => void query.refetch();
  if (query.data === undefined) {
    return query.isError ? <ErrorState error={query.error} what={what} onRetry={retry} /> : (skeleton ?? <Loading label={`Loading ${what}`} />);
  }
  return (
    <>
      {query.isError && <Stale error={query.error} at={query.dataUpdatedAt} onRetry={retry} what={what} />}
      {children(query.data)}
    </>
  );
}
