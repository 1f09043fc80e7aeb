import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { keys } from '~/api/keys';
import { type ApiProblem, type Violation, isApiProblem } from '~/api/problem';
import { idempotencyKey } from '~/api/client';
import type { DryRun } from '~/api/types';
import { useTenant } from '~/app/navigate';
import { usePermission } from '~/app/permissions';
import { useDebounced } from '~/shared/hooks/use-debounced';
import { useDraft } from '~/shared/hooks/use-draft';
import { type Edit, type Parsed, editable, edited, parse, write } from '~/shared/resources/draft';
import { type JsonObject, equal } from '~/shared/resources/json';
import { type ResourceKey, keyText } from './key';
import { collectionOf } from './queries';
import { type Expected, type ResourceDocument, put, tryPut } from './documents';

/** What a person has made of a resource, and the version of it that they began with. */
export interface EditorDraft {
  text: string;
  base: { generation: number; document: JsonObject } | null;
}

export interface Editor {
  text: string;
  parsed: Parsed;
  /** Differs from the version it began with, in more than comments. */
  dirty: boolean;
  /** Was kept from an earlier visit of the page. */
  restored: boolean;
  setText: (text: string) => void;
  edit: (edits: readonly Edit[]) => void;
  discard: () => void;
  base: JsonObject | null;
  /** The newest version, when it is another than the one this draft began with. */
  theirs: JsonObject | null;
  /** Goes on from the newest version with this text. */
  rebase: (text: string) => void;
  /** The hub is still to say what it thinks of the newest text. */
  checking: boolean;
  dryRun: DryRun | undefined;
  /** Why the hub would not take it, with its violations at their pointers. */
  problem: ApiProblem | undefined;
  violations: readonly Violation[];
  apply: (done: () => void) => void;
  applying: boolean;
  applyError: unknown;
  /** The revision of the last apply. */
  applied: number | undefined;
}

const NO_VIOLATIONS: readonly Violation[] = [];

export function draftOf(resource: ResourceDocument): EditorDraft {
  const document = editable(resource);
  return { text: write(document), base: { generation: resource.metadata.generation ?? 0, document } };
}

/** Whether a draft says anything that its base does not. */
export function isDirty(draft: EditorDraft, parsed: Parsed): boolean {
  return !parsed.readable || draft.base === null || !equal(parsed.document, draft.base.document);
}

/** Without anything of one's own one sees the newest; with it, what one has written. */
export function shownDraft(kept: EditorDraft, newest: ResourceDocument | undefined): EditorDraft {
  if (newest === undefined || kept.base?.generation === newest.metadata.generation) return kept;
  return isDirty(kept, parse(kept.text)) ? kept : draftOf(newest);
}

/**
 * One draft of one resource, whichever view it is edited in: kept over reloads, checked by the hub's dry run while it is
 * written, applied only to the version that it began with.
 */
export function useEditor(key: ResourceKey, newest: ResourceDocument | undefined, initial: () => EditorDraft): Editor {
  const tenant = useTenant();
  const queries = useQueryClient();
  const { allowed } = usePermission('edit');
  const [begin] = useState(initial);
  const kept = useDraft<EditorDraft>(`edit.${keyText(key)}`, begin);
  const draft = shownDraft(kept.value, newest);
  const parsed = useMemo(() => parse(draft.text), [draft.text]);
  const dirty = isDirty(draft, parsed);
  const expected: Expected = draft.base === null ? 'absent' : { generation: draft.base.generation };
  const [applied, setApplied] = useState<number>();
  const [intention, setIntention] = useState(idempotencyKey);

  const keep = (next: EditorDraft) => {
    setIntention(idempotencyKey());
    kept.set(next);
  };
  const mutation = useMutation({
    mutationFn: () => put(tenant, { key, document: parsed.document ?? {}, expected }, intention),
    onSuccess: (resource) => {
      // The answer to a write has not all of the status: what was known of it stays until it is read again.
      const known = queries.getQueryData<ResourceDocument>(keys.one(tenant, collectionOf(key), keyText(key)));
      queries.setQueryData(keys.one(tenant, collectionOf(key), keyText(key)), { ...resource, status: { ...known?.status, ...resource.status } });
      void queries.invalidateQueries({ queryKey: keys.all(tenant, collectionOf(key)) });
      setApplied(resource.metadata.revision);
      keep(draftOf(resource));
    },
    onError: (error) => {
      if (isApiProblem(error) && error.conflict) void queries.invalidateQueries({ queryKey: keys.all(tenant, collectionOf(key)) });
    },
  });
  // While one's own write is under way, a newer version is most likely that.
  const theirs = mutation.isPending ? null : theirsOf(draft, newest);
  const check = useCheck(key, draft, parsed, dirty && allowed && theirs === null);

  return {
    text: draft.text,
    parsed,
    dirty,
    restored: kept.restored && dirty,
    setText: (text) => keep({ ...draft, text }),
    edit: (edits) => keep({ ...draft, text: edited(draft.text, edits) }),
    discard: () => keep(newest === undefined ? begin : draftOf(newest)),
    base: draft.base?.document ?? null,
    theirs,
    rebase: (text) => {
      if (newest !== undefined) keep({ text, base: draftOf(newest).base });
    },
    ...check,
    apply: (done) => mutation.mutate(undefined, { onSuccess: done }),
    applying: mutation.isPending,
    applyError: mutation.error,
    applied,
  };
}

function theirsOf(draft: EditorDraft, newest: ResourceDocument | undefined): JsonObject | null {
  if (newest === undefined || draft.base?.generation === newest.metadata.generation) return null;
  return editable(newest);
}

/** Asks the hub what it thinks, once typing pauses. */
function useCheck(key: ResourceKey, draft: EditorDraft, parsed: Parsed, wanted: boolean) {
  const tenant = useTenant();
  const settled = useDebounced(draft.text, 500);
  const expected: Expected = draft.base === null ? 'absent' : { generation: draft.base.generation };
  const query = useQuery({
    queryKey: keys.one(tenant, 'drafts', 'dry-run', keyText(key), String(draft.base?.generation ?? ''), settled),
    queryFn: ({ signal }) => tryPut(tenant, { key, document: parse(settled).document ?? {}, expected }, signal),
    enabled: wanted && parsed.readable && settled === draft.text,
    retry: false,
    staleTime: 60_000,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const problem = wanted && isApiProblem(query.error) ? query.error : undefined;
  return {
    checking: wanted && parsed.readable && (settled !== draft.text || query.isFetching),
    dryRun: wanted && settled === draft.text ? query.data : undefined,
    problem,
    violations: problem?.violations ?? NO_VIOLATIONS,
  };
}
