import { Button, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { AngleDoubleLeftIcon, AngleLeftIcon, AngleRightIcon } from '@patternfly/react-icons';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Page } from '~/api/types';
import { count } from '~/shared/format/numbers';
import type { ListSearch } from '~/shared/hooks/use-list-search';

/** `21–40 of 318`, as far as the server counted. */
export function rangeText(page: Page<unknown>, search: Pick<ListSearch, 'page' | 'limit'>): string {
  if (page.items.length === 0) return page.total === undefined ? 'none' : `0 of ${count(page.total)}`;
  const first = (search.page - 1) * search.limit + 1;
  const last = first + page.items.length - 1;
  const of = page.total !== undefined ? ` of ${count(page.total)}` : page.continue !== undefined ? ' of more' : ` of ${count(last)}`;
  return `${count(first)}–${count(last)}${of}`;
}

export interface ListPagesProps {
  query: UseQueryResult<Page<unknown>>;
  search: ListSearch;
  isCompact: boolean;
}

/** Forward and back through a list whose pages follow each other; there is no page number to jump to. */
export function ListPages({ query, search, isCompact }: ListPagesProps) {
  const page = query.data;
  const next = page?.continue;
  if (page === undefined) return <div className="weft-pages">&nbsp;</div>;
  return (
    <nav className="weft-pages" aria-label={isCompact ? 'Pages' : 'Pages, at the end'}>
      <span className="weft-range">{rangeText(page, search)}</span>
      {!isCompact && (
        <FormSelect
          aria-label="Rows on a page"
          value={search.limit}
          onChange={(_event, value) => search.setLimit(Number(value))}
          className="weft-limit"
        >
          {search.limits.map((limit) => (
            <FormSelectOption key={limit} value={limit} label={`${limit} per page`} />
          ))}
        </FormSelect>
      )}
      <Button variant="plain" size="sm" aria-label="First page" icon={<AngleDoubleLeftIcon />} isDisabled={search.page === 1} onClick={search.goFirst} />
      <Button variant="plain" size="sm" aria-label="Previous page" icon={<AngleLeftIcon />} isDisabled={search.page === 1} onClick={search.goPrevious} />
      <Button
        variant="plain"
        size="sm"
        aria-label="Next page"
        icon={<AngleRightIcon />}
        isDisabled={next === undefined}
        onClick={() => {
          if (next !== undefined) search.goNext(next);
        }}
      />
    </nav>
  );
}
