import {
  Dropdown,
  DropdownItem,
  DropdownList,
  MenuToggle,
  SearchInput,
  Select,
  SelectList,
  SelectOption,
  Toolbar,
  ToolbarContent,
  ToolbarFilter,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core';
import { ColumnsIcon } from '@patternfly/react-icons';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Page } from '~/api/types';
import type { ListSearch } from '~/shared/hooks/use-list-search';
import { AsOf } from './AsOf';

/** A filter with a closed set of values. */
export interface Filter {
  name: string;
  label: string;
  options?: readonly { value: string; label: string }[];
}

interface ColumnLike {
  key: string;
  title: string;
  isHeader?: boolean;
  hiddenAtFirst?: boolean;
}

/** Which columns the reader wants, kept in this browser. */
export function useColumns<C extends ColumnLike>(id: string, columns: readonly C[]) {
  const storage = `weft.columns.${id}`;
  const [chosen, setChosen] = useState<Readonly<Record<string, boolean>>>(() => {
    try {
      return JSON.parse(localStorage.getItem(storage) ?? '{}') as Record<string, boolean>;
    } catch {
      return {};
    }
  });
  const isVisible = (column: ColumnLike) => column.isHeader === true || (chosen[column.key] ?? column.hiddenAtFirst !== true);
  const toggle = (column: ColumnLike) => {
    const next = { ...chosen, [column.key]: !isVisible(column) };
    setChosen(next);
    try {
      localStorage.setItem(storage, JSON.stringify(next));
    } catch {
      // storage is off: the choice lasts as long as the page
    }
  };
  return { visible: columns.filter(isVisible), isVisible, toggle };
}

export interface ListToolbarProps {
  id: string;
  noun: string;
  columns: readonly ColumnLike[];
  query: UseQueryResult<Page<unknown>>;
  search: ListSearch;
  filters?: readonly Filter[];
  searchLabel?: string;
  actions?: ReactNode;
  pages: ReactNode;
  /** What waits to be shown. */
  changes: ReactNode;
  isColumnVisible: (column: ColumnLike) => boolean;
  onColumn: (column: ColumnLike) => void;
}

export function ListToolbar({ id, noun, columns, query, search, filters = [], searchLabel, actions, pages, changes, isColumnVisible, onColumn }: ListToolbarProps) {
  return (
    <Toolbar id={`${id}-toolbar`} className="weft-toolbar" clearAllFilters={search.clear} clearFiltersButtonText="Clear all filters">
      <ToolbarContent>
        {searchLabel !== undefined && (
          <ToolbarItem>
            <SearchField label={searchLabel} value={search.q} onChange={search.setQ} />
          </ToolbarItem>
        )}
        {filters.length > 0 && (
          <ToolbarGroup variant="filter-group">
            {filters.map((filter) => (
              <FilterField key={filter.name} filter={filter} search={search} />
            ))}
          </ToolbarGroup>
        )}
        {actions !== undefined && <ToolbarItem>{actions}</ToolbarItem>}
        <ToolbarGroup align={{ default: 'alignEnd' }} variant="action-group-plain">
          <ToolbarItem className="weft-toolbar-as-of">
            {changes}
            <AsOf at={query.dataUpdatedAt} />
          </ToolbarItem>
          <ToolbarItem>
            <ColumnMenu columns={columns} noun={noun} isVisible={isColumnVisible} onColumn={onColumn} />
          </ToolbarItem>
          <ToolbarItem variant="pagination">{pages}</ToolbarItem>
        </ToolbarGroup>
      </ToolbarContent>
    </Toolbar>
  );
}

/** Typed text goes to the URL, and to the server, once typing pauses. `/` comes here. */
function SearchField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (seen !== value) {
    // Changed from elsewhere, by the back button or "clear".
    setSeen(value);
    setTyped(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const later = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setSeen(text);
      onChange(text);
    }, 250);
  };
  return (
    <SearchInput
      className="weft-list-search"
      data-shortcut="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(_event, text) => later(text)}
      onClear={() => {
        clearTimeout(timer.current);
        setTyped('');
        setSeen('');
        onChange('');
      }}
    />
  );
}

function FilterField({ filter, search }: { filter: Filter; search: ListSearch }) {
  const [open, setOpen] = useState(false);
  const value = search.filters[filter.name];
  const chosen = value === undefined ? undefined : (filter.options?.find((each) => each.value === value)?.label ?? value);
  const options = filter.options ?? [];
  return (
    <ToolbarFilter
      categoryName={filter.label}
      labels={chosen === undefined ? [] : [chosen]}
      deleteLabel={() => search.setFilter(filter.name, undefined)}
    >
      <Select
        isOpen={open}
        onOpenChange={setOpen}
        selected={value}
        onSelect={(_event, picked) => {
          setOpen(false);
          search.setFilter(filter.name, picked === value ? undefined : String(picked));
        }}
        toggle={(toggle) => (
          <MenuToggle ref={toggle} isExpanded={open} onClick={() => setOpen(!open)}>
            {filter.label}
          </MenuToggle>
        )}
      >
        <SelectList className="weft-filter-options">
          {options.length === 0 && (
            <SelectOption isDisabled value="">
              Nothing to choose from yet
            </SelectOption>
          )}
          {options.map((option) => (
            <SelectOption key={option.value} value={option.value}>
              {option.label}
            </SelectOption>
          ))}
        </SelectList>
      </Select>
    </ToolbarFilter>
  );
}

function ColumnMenu({ columns, noun, isVisible, onColumn }: { columns: readonly ColumnLike[]; noun: string; isVisible: (column: ColumnLike) => boolean; onColumn: (column: ColumnLike) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      popperProps={{ position: 'right' }}
      toggle={(toggle) => (
        <MenuToggle ref={toggle} variant="plain" isExpanded={open} aria-label={`Columns of ${noun}`} icon={<ColumnsIcon />} onClick={() => setOpen(!open)} />
      )}
    >
      <DropdownList>
        {columns
          .filter((column) => column.isHeader !== true)
          .map((column) => (
            <DropdownItem key={column.key} hasCheckbox isSelected={isVisible(column)} onClick={() => onColumn(column)}>
              {column.title}
            </DropdownItem>
          ))}
      </DropdownList>
    </Dropdown>
  );
}
