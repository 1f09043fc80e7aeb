import {
  Button,
  Drawer,
  DrawerActions,
  DrawerCloseButton,
  DrawerContent,
  DrawerContentBody,
  DrawerHead,
  DrawerPanelBody,
  DrawerPanelContent,
  Skeleton,
  Title,
} from '@patternfly/react-core';
import { Table, TableVariant, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useEffect, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Page } from '~/api/types';
import { counted } from '~/shared/format/numbers';
import { useLater } from '~/shared/hooks/use-later';
import type { ListSearch } from '~/shared/hooks/use-list-search';
import { useSteadyRows } from '~/shared/hooks/use-steady-rows';
import { ListPages } from './ListPages';
import { ListToolbar, useColumns, type Filter } from './ListToolbar';
import { EmptyByFilter, ErrorState, PartialBanner, Stale } from './states';

export interface Column<T> {
  key: string;
  title: string;
  cell: (row: T) => ReactNode;
  /** Name of the sort in the API; without it the column cannot be sorted by. */
  sort?: string;
  /** Numbers stand at the right. */
  numeric?: boolean;
  /** The first column: never hidden, and the row's header. */
  isHeader?: boolean;
  hiddenAtFirst?: boolean;
  width?: 10 | 15 | 20 | 25 | 30 | 35 | 40 | 45;
}

export interface DataTableProps<T> {
  /** Under which the reader's choice of columns is kept. */
  id: string;
  /** What the rows are, in the plural: `clusters`. */
  noun: string;
  columns: readonly Column<T>[];
  query: UseQueryResult<Page<T>>;
  search: ListSearch;
  rowKey: (row: T) => string;
  rowLabel: (row: T) => string;
  filters?: readonly Filter[];
  /** Placeholder of the search field; none is shown without it. */
  searchLabel?: string;
  /** At the right of the toolbar. */
  actions?: ReactNode;
  /** In place of the table when there has never been one. */
  empty: ReactNode;
  /** The summary that a click on a row opens beside the list. */
  drawer?: (row: T) => ReactNode;
  drawerTitle?: (row: T) => ReactNode;
  /** Last-known data of something that does not answer is greyed. */
  isDimmed?: (row: T) => boolean;
  rowActions?: (row: T) => ReactNode;
}

/** A list: asked page by page of the server, its question in the URL, its rows steady. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { query, search, rowKey, drawer, noun } = props;
  const page = query.data;
  const filtered = search.q !== '' || Object.values(search.filters).some((value) => value !== undefined);
  const rows = useSteadyRows(page?.items ?? NONE as readonly T[], rowKey, `${search.question} ${query.isPlaceholderData ? 'before' : ''}`);
  const retry = () => void query.refetch();

  if (page === undefined && query.isError) return <ErrorState error={query.error} what={noun} onRetry={retry} />;
  if (page !== undefined && page.items.length === 0 && !filtered && search.page === 1 && rows.rows.length === 0) return <>{props.empty}</>;

  const open = drawer === undefined || search.row === undefined ? undefined : rows.rows.find((each) => rowKey(each.row) === search.row);
  const list = (
    <>
      {page !== undefined && query.isError && <Stale error={query.error} at={query.dataUpdatedAt} onRetry={retry} />}
      {page?.unanswered !== undefined && <PartialBanner unanswered={page.unanswered} total={page.items.length} />}
      <ListBody {...props} rows={rows} filtered={filtered} />
    </>
  );
  if (drawer === undefined) return list;
  return (
    <Drawer isExpanded={open !== undefined} isInline className="weft-drawer">
      <DrawerContent
        panelContent={
          open !== undefined && (
            <DrawerPanelContent isResizable defaultSize="26rem" minSize="18rem">
              <DrawerHead>
                <DrawerTitle>{(props.drawerTitle ?? props.rowLabel)(open.row)}</DrawerTitle>
                <DrawerActions>
                  <DrawerCloseButton onClick={() => search.setRow(undefined)} />
                </DrawerActions>
              </DrawerHead>
              <DrawerPanelBody>{drawer(open.row)}</DrawerPanelBody>
            </DrawerPanelContent>
          )
        }
      >
        <DrawerContentBody>{list}</DrawerContentBody>
      </DrawerContent>
    </Drawer>
  );
}

const NONE: readonly never[] = [];

function DrawerTitle({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div ref={heading} tabIndex={-1} className="weft-drawer-title">
      <Title headingLevel="h2" size="lg">
        {children}
      </Title>
    </div>
  );
}

/** Who came or went since the order on the screen; shown on the reader's word. */
function Changes<T>({ rows }: { rows: ReturnType<typeof useSteadyRows<T>> }) {
  return (
    <span className="weft-changes" aria-live="polite">
      {rows.changes > 0 && (
        <Button variant="link" isInline onClick={rows.show}>
          {counted(rows.changes, 'change')} – show
        </Button>
      )}
    </span>
  );
}

interface ListBodyProps<T> extends DataTableProps<T> {
  rows: ReturnType<typeof useSteadyRows<T>>;
  filtered: boolean;
}

function ListBody<T>(props: ListBodyProps<T>) {
  const { id, noun, query, search, rows, filtered } = props;
  const { visible, isVisible, toggle } = useColumns(id, props.columns);
  const loading = query.data === undefined;
  const names = [
    ...(search.q === '' ? [] : [`“${search.q}”`]),
    ...(props.filters ?? []).flatMap((filter) => {
      const value = search.filters[filter.name];
      return value === undefined ? [] : [`${filter.label}: ${filter.options?.find((each) => each.value === value)?.label ?? value}`];
    }),
  ];
  return (
    <>
      <ListToolbar {...props} isColumnVisible={isVisible} onColumn={toggle} pages={<ListPages query={query} search={search} isCompact />} changes={<Changes rows={rows} />} />
      <div className={query.isFetching && !loading ? 'weft-progress weft-progress-on' : 'weft-progress'} aria-hidden="true" />
      {!loading && rows.rows.length === 0 ? (
        <EmptyByFilter filters={names} onClear={filtered ? search.clear : search.goFirst} />
      ) : (
        <Table aria-label={noun} variant={TableVariant.compact} aria-busy={loading} className="weft-table" isStickyHeader>
          <HeadRow {...props} columns={visible} />
          <Tbody>
            {loading ? (
              <SkeletonRows columns={visible.length + (props.rowActions === undefined ? 0 : 1)} />
            ) : (
              rows.rows.map(({ row, gone }) => <BodyRow key={props.rowKey(row)} {...props} columns={visible} row={row} gone={gone} />)
            )}
          </Tbody>
        </Table>
      )}
      {!loading && <ListPages query={query} search={search} isCompact={false} />}
    </>
  );
}

function HeadRow<T>({ columns, search, rowActions }: Pick<DataTableProps<T>, 'columns' | 'search' | 'rowActions'>) {
  const descending = search.sort.startsWith('-');
  const sorted = descending ? search.sort.slice(1) : search.sort;
  const active = columns.findIndex((column) => column.sort === sorted);
  return (
    <Thead>
      <Tr>
        {columns.map((column, index) => (
          <Th
            key={column.key}
            width={column.width}
            modifier="nowrap"
            className={column.numeric ? 'weft-numeric' : undefined}
            sort={
              column.sort === undefined
                ? undefined
                : {
                    columnIndex: index,
                    sortBy: active < 0 ? {} : { index: active, direction: descending ? 'desc' : 'asc' },
                    onSort: (_event, _index, direction) => search.setSort(`${direction === 'desc' ? '-' : ''}${column.sort ?? ''}`),
                  }
            }
          >
            {column.title}
          </Th>
        ))}
        {rowActions !== undefined && <Th screenReaderText="Actions" />}
      </Tr>
    </Thead>
  );
}

/** A click on a link, a button or selected text is not a click on the row. */
function meansRow(event: MouseEvent | KeyboardEvent): boolean {
  if (event.target instanceof Element && event.target.closest('a, button, input, label') !== null) return false;
  return (globalThis.getSelection?.()?.toString() ?? '') === '';
}

function BodyRow<T>({ columns, row, gone, search, rowKey, rowLabel, drawer, isDimmed, rowActions }: DataTableProps<T> & { row: T; gone: boolean }) {
  const key = rowKey(row);
  const opened = search.row === key;
  const toggle = () => search.setRow(opened ? undefined : key);
  const clickable = drawer !== undefined;
  return (
    <Tr
      isClickable={clickable}
      isRowSelected={opened}
      aria-label={clickable ? `${rowLabel(row)}: ${opened ? 'close' : 'open'} the summary` : undefined}
      className={gone || isDimmed?.(row) ? 'weft-dimmed' : undefined}
      onRowClick={
        clickable
          ? (event) => {
              if (event === undefined || meansRow(event)) toggle();
            }
          : undefined
      }
    >
      {columns.map((column) => (
        <Td key={column.key} dataLabel={column.title} component={column.isHeader ? 'th' : 'td'} className={column.numeric ? 'weft-numeric' : undefined}>
          {column.cell(row)}
          {gone && column.isHeader && <span className="weft-gone"> (gone)</span>}
        </Td>
      ))}
      {rowActions !== undefined && <Td isActionCell>{rowActions(row)}</Td>}
    </Tr>
  );
}

function SkeletonRows({ columns }: { columns: number }) {
  const later = useLater(200);
  return Array.from({ length: 8 }, (_, row) => (
    <Tr key={row} className="weft-skeleton-row">
      {Array.from({ length: columns }, (_each, column) => (
        <Td key={column}>{later ? <Skeleton width={column === 0 ? '70%' : '45%'} screenreaderText={row === 0 && column === 0 ? 'Loading' : ''} /> : '\u00a0'}</Td>
      ))}
    </Tr>
  ));
}
