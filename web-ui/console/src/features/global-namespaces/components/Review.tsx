import { Button, Spinner } from '@patternfly/react-core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { idempotencyKey } from '~/api/client';
import { keys } from '~/api/keys';
import { isApiProblem } from '~/api/problem';
import { useTenant } from '~/app/navigate';
import { extent, extentWords } from '~/shared/changes/diffs';
import { put, tryPut } from '~/shared/changes/documents';
import { OtherViolations } from '~/shared/changes/EditorPanels';
import { globalNamespaceKey } from '~/shared/changes/key';
import { useDebounced } from '~/shared/hooks/use-debounced';
import { parse } from '~/shared/resources/draft';
import { ActionButton } from '~/shared/ui/ActionButton';
import { DiffView } from '~/shared/ui/DiffView';
import { WriteError } from '~/shared/ui/states';
import { YamlEditor } from '~/shared/ui/YamlEditor';
import { globalNamespaceForm } from '../model';

export interface ReviewProps {
  text: string;
  onText: (text: string) => void;
  onCreated: (name: string, revision: number) => void;
  onBack: () => void;
  onCancel: () => void;
}

/** The YAML, and what creating it would change in each cluster. */
export function Review({ text, onText, onCreated, onBack, onCancel }: ReviewProps) {
  const tenant = useTenant();
  const [intention] = useState(idempotencyKey);
  const settled = useDebounced(text, 400);
  const parsed = parse(settled);
  const document = parsed.document ?? {};
  const { name } = globalNamespaceForm(document);
  const wish = { key: globalNamespaceKey(name), document, expected: 'absent' as const };
  const dryRun = useQuery({
    queryKey: keys.one(tenant, 'drafts', 'new-global-namespace', settled),
    queryFn: ({ signal }) => tryPut(tenant, wish, signal),
    enabled: parsed.readable && name !== '',
    retry: false,
    gcTime: 60_000,
  });
  const creation = useMutation({
    // Another text is another intention.
    mutationFn: () => put(tenant, wish, `${intention}-${String(settled.length)}-${checksum(settled)}`),
    onSuccess: (made) => onCreated(name, made.metadata.revision ?? 0),
  });
  const problem = isApiProblem(dryRun.error) ? dryRun.error : undefined;
  const asking = settled !== text || dryRun.isFetching;
  const why = !parsed.readable
    ? 'The YAML cannot be read.'
    : name === ''
      ? 'Give it a name.'
      : asking
        ? 'The hub is asked what this would change.'
        : dryRun.isError
          ? 'The hub would not take this as it is.'
          : '';
  return (
    <div className="weft-landed">
      <WriteError error={creation.error} />
      <OtherViolations violations={problem?.violations ?? []} />
      {dryRun.isError && (problem?.violations.length ?? 0) === 0 && <WriteError error={dryRun.error} />}
      <h2 className="weft-subtitle">As YAML</h2>
      <YamlEditor value={text} onChange={onText} violations={problem?.violations} label="YAML of the global namespace" height="small" />
      <h2 className="weft-subtitle">What it would change in the clusters</h2>
      <div role="status">
        {asking && <Spinner size="md" aria-label="Asking the hub" />}
        {dryRun.data !== undefined && <p>{extentWords(extent(dryRun.data.clusters))} Nothing that is there now is touched unless it is listed.</p>}
      </div>
      {dryRun.data !== undefined && <DiffView clusters={dryRun.data.clusters} none="" />}
      <div className="weft-editor-bar">
        <ActionButton needs="edit" notNow={why} isLoading={creation.isPending} onClick={() => creation.mutate()}>
          Create {name}
        </ActionButton>
        <Button variant="secondary" onClick={onBack}>
          Back
        </Button>
        <Button variant="link" onClick={onCancel}>
          Cancel
        </Button>
        <span role="status">{why}</span>
      </div>
    </div>
  );
}

/** Tells texts apart; nothing depends on it being hard to guess. */
function checksum(text: string): string {
  let sum = 7;
  for (const character of text) sum = (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return sum.toString(36);
}
