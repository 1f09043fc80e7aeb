import { Modal, ModalBody, ModalHeader, TextInputGroup, TextInputGroupMain } from '@patternfly/react-core';
import { SearchIcon } from '@patternfly/react-icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { searchOptions, type Hit } from '~/api/search';
import { useDebounced } from '~/shared/hooks/use-debounced';
import { commands, navigation, placeOf } from './features';
import type { SearchParams } from './manifest';
import { useGo, useTenant } from './navigate';

interface Entry {
  id: string;
  group: string;
  label: string;
  detail: string;
  to: string;
  search?: SearchParams;
}

const WORDS: Readonly<Record<string, string>> = {
  GlobalNamespace: 'Global namespace',
  GlobalService: 'Global service',
  TrafficRoute: 'Route',
};

function matches(label: string, q: string): boolean {
  const text = label.toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Pages and commands that match at once; what the hub finds comes after. */
function localEntries(q: string): Entry[] {
  const pages = navigation.flatMap((each) => each.entries).map((entry) => ({ id: `page ${entry.path}`, group: 'Go to', label: entry.label, detail: '', to: entry.path }));
  const made = commands.map((command) => ({ id: `command ${command.to}`, group: 'Do', label: command.label, detail: '', to: command.to }));
  return [...pages, ...made].filter((entry) => q === '' || matches(entry.label, q));
}

function foundEntries(hits: readonly Hit[]): Entry[] {
  return hits.flatMap((hit) => {
    const place = placeOf(hit);
    if (place === undefined) return [];
    const where = [hit.globalNamespace, hit.cluster, hit.namespace].filter((part) => part !== undefined).join(' / ');
    return [
      {
        id: `hit ${hit.kind} ${where} ${hit.name}`,
        group: WORDS[hit.kind] ?? hit.kind,
        label: hit.name,
        detail: [where, hit.detail].filter((part) => part !== undefined && part !== '').join(' · '),
        to: place.to,
        search: place.search,
      },
    ];
  });
}

/** Ctrl/⌘-K: everything by its name, without the mouse. */
export default function SearchDialog({ onClose }: { onClose: () => void }) {
  const [q, setQ] = useState('');
  const [active, setActive] = useState(0);
  const tenant = useTenant();
  const go = useGo();
  const listId = useId();
  const settled = useDebounced(q.trim(), 150);
  const found = useQuery({ ...searchOptions(tenant, settled), placeholderData: keepPreviousData });
  const entries = useMemo(
    () => [...foundEntries(q.trim() === '' ? [] : (found.data?.items ?? [])), ...localEntries(q.trim())],
    [q, found.data],
  );
  const at = Math.min(active, Math.max(0, entries.length - 1));
  const open = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    onClose();
    go(entry.to, { search: entry.search });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive(Math.min(at + 1, entries.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(at - 1, 0));
    else if (event.key === 'Enter') open(entries[at]);
    else return;
    event.preventDefault();
  };
  const waiting = q.trim() !== '' && (found.isFetching || settled !== q.trim());
  return (
    <Modal variant="medium" isOpen onClose={onClose} aria-label="Search" position="top" elementToFocus="#search-everything" className="weft-search-dialog">
      <ModalHeader title="Search" />
      <ModalBody>
        <TextInputGroup>
          <TextInputGroupMain
            icon={<SearchIcon />}
            inputId="search-everything"
            aria-label="Search clusters, services, namespaces, routes, nodes and pages"
            placeholder="Clusters, services, namespaces, routes, nodes, pages…"
            value={q}
            onChange={(_event, value) => {
              setQ(value);
              setActive(0);
            }}
            onKeyDown={onKey}
            role="combobox"
            isExpanded
            aria-controls={listId}
            aria-activedescendant={entries[at] === undefined ? undefined : `${listId}-${at}`}
          />
        </TextInputGroup>
        <ul id={listId} role="listbox" aria-label="Found" className="weft-hits">
          {entries.map((entry, index) => (
            // The field keeps the focus and its keys choose; the mouse is the other way.
            // eslint-disable-next-line jsx-a11y-x/click-events-have-key-events
            <li
              key={entry.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              className={index === at ? 'weft-hit weft-hit-active' : 'weft-hit'}
              onClick={() => open(entry)}
              onMouseMove={() => setActive(index)}
            >
              <span className="weft-hit-group">{entry.group}</span>
              <span className="weft-hit-label">{entry.label}</span>
              <span className="weft-hit-detail">{entry.detail}</span>
            </li>
          ))}
        </ul>
        <p className="weft-hits-status" role="status">
          {found.isError && q.trim() !== ''
            ? 'The hub cannot be asked now; pages can still be found.'
            : entries.length === 0 && !waiting
              ? `Nothing is called “${q.trim()}”.`
              : waiting
                ? 'Searching…'
                : '↑ ↓ to choose, Enter to open, Esc to close'}
        </p>
      </ModalBody>
    </Modal>
  );
}
