import { Alert, Button, Card, CardBody, CardHeader, CardTitle, ExpandableSection, Spinner } from '@patternfly/react-core';
import { PlusIcon, TrashIcon } from '@patternfly/react-icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Violation } from '~/api/problem';
import { useTenant } from '~/app/navigate';
import { namesQuery } from '~/shared/changes/lists';
import { counted } from '~/shared/format/numbers';
import { useDebounced } from '~/shared/hooks/use-debounced';
import type { Edit } from '~/shared/resources/draft';
import { type JsonObject, at, listOf, pointerOf } from '~/shared/resources/json';
import { of, within } from '~/shared/resources/violations';
import { FieldHelp } from '~/shared/changes/FieldHelp';
import { MEMBERS, type MemberRule, SELECTED, SELECTORS, type SelectorName, begun, emptyRule, globalNamespaceForm, memberPath, ruleAlone, ruleWords, selectorEdit, unfinished } from '../model';
import { type Preview, previewQuery } from '../queries';
import { SelectorFields } from './SelectorFields';

export interface MemberRulesProps {
  document: JsonObject;
  edit: (edits: readonly Edit[]) => void;
  violations: readonly Violation[];
  isReadOnly: boolean;
}

/** The rules of membership, each with what it catches now, and all of them together. */
export function MemberRules({ document, edit, violations, isReadOnly }: MemberRulesProps) {
  const form = globalNamespaceForm(document);
  const rules = listOf(at(document, MEMBERS));
  const all = usePreview(begun(document), true);
  const known = useKnown(all.preview);
  return (
    <div className="weft-member-rules">
      <FieldHelp violations={of(violations, pointerOf(MEMBERS))} />
      {form.members.map((rule, index) => (
        <RuleCard
          key={index}
          index={index}
          rule={rule}
          document={document}
          known={known}
          violations={within(violations, pointerOf(memberPath(index)))}
          isReadOnly={isReadOnly}
          edit={edit}
          onRemove={form.members.length > 1 ? () => edit([{ path: memberPath(index), value: undefined }]) : undefined}
        />
      ))}
      {!isReadOnly && (
        <Button variant="secondary" icon={<PlusIcon />} onClick={() => edit([{ path: [...MEMBERS, rules.length], value: emptyRule() }])}>
          Add a rule
        </Button>
      )}
      <Caught preview={all.preview} isAsking={all.isAsking} error={all.error} title="All rules together" startsOpen />
    </div>
  );
}

/** Asks the hub once typing pauses; shows the old answer meanwhile. */
export function usePreview(document: JsonObject, wanted: boolean) {
  const tenant = useTenant();
  const text = JSON.stringify(document);
  const settled = useDebounced(text, 300);
  const query = useQuery({
    ...previewQuery(tenant, JSON.parse(settled) as JsonObject),
    enabled: wanted,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  return { preview: wanted ? query.data : undefined, isAsking: wanted && (query.isFetching || settled !== text), error: query.error };
}

type Known = Readonly<Record<SelectorName, readonly string[]>>;

/** Names to offer: clusters are listed; namespaces and services as far as a preview without rules tells. */
function useKnown(preview: Preview | undefined): Known {
  const tenant = useTenant();
  const clusters = useQuery(namesQuery(tenant, 'clusters'));
  const everything = useQuery({
    ...previewQuery(tenant, { apiVersion: 'weft.io/v1', kind: 'GlobalNamespace', spec: { members: [{ namespaceSelector: {} }] } }),
    staleTime: 60_000,
  });
  const places = (everything.data ?? preview)?.clusters.flatMap((each) => each.namespaces) ?? [];
  return {
    clusterSelector: clusters.data ?? [],
    namespaceSelector: [...new Set(places.map((each) => each.name))].sort(),
    serviceSelector: [...new Set(places.flatMap((each) => each.services))].sort(),
  };
}

interface RuleCardProps extends MemberRulesProps {
  index: number;
  rule: MemberRule;
  known: Known;
  onRemove?: () => void;
}

function RuleCard({ index, rule, document, known, violations, isReadOnly, edit, onRemove }: RuleCardProps) {
  const ready = !unfinished(rule);
  const alone = usePreview(ruleAlone(document, index), ready);
  const name = `Rule ${String(index + 1)}`;
  const pointer = (selector: SelectorName) => pointerOf(memberPath(index, selector));
  const claimed = SELECTORS.flatMap((selector) => within(violations, pointer(selector)));
  return (
    <Card isCompact component="section" aria-label={name}>
      <CardHeader
        actions={
          onRemove === undefined || isReadOnly
            ? undefined
            : { actions: <Button variant="plain" size="sm" aria-label={`Remove ${name}`} icon={<TrashIcon />} onClick={onRemove} /> }
        }
      >
        <CardTitle component="h3">
          {name}: {ruleWords(rule)}
        </CardTitle>
      </CardHeader>
      <CardBody>
        <div className="weft-selectors">
          {SELECTORS.map((selector) => (
            <SelectorFields
              key={selector}
              what={SELECTED[selector]}
              value={rule[selector]}
              known={known[selector]}
              violations={within(violations, pointer(selector))}
              isReadOnly={isReadOnly}
              onChange={(form) => edit([selectorEdit(document, index, selector, form)])}
            />
          ))}
        </div>
        <FieldHelp violations={violations.filter((violation) => !claimed.includes(violation))} />
        {ready ? (
          <Caught preview={alone.preview} isAsking={alone.isAsking} error={alone.error} title={`${name} catches`} />
        ) : (
          <p>Choose what it selects; what it catches is then shown here.</p>
        )}
      </CardBody>
    </Card>
  );
}

interface CaughtProps {
  preview: Preview | undefined;
  isAsking: boolean;
  error: unknown;
  title: string;
  startsOpen?: boolean;
}

/** How many services are caught, and which; conflicts with what is declared already. */
export function Caught({ preview, isAsking, error, title, startsOpen = false }: CaughtProps) {
  const [open, setOpen] = useState(startsOpen);
  if (preview === undefined) {
    return (
      <p role="status">
        {isAsking ? <Spinner size="sm" aria-label="Asking the hub" /> : null} {error === null ? `${title}: …` : `${title}: the hub did not answer.`}
      </p>
    );
  }
  const clusters = preview.clusters.filter((each) => each.services > 0);
  return (
    <div className={isAsking ? 'weft-caught weft-caught-asking' : 'weft-caught'} aria-busy={isAsking}>
      {preview.conflicts.map((conflict) => (
        <Alert key={`${conflict.pointer} ${conflict.message}`} isInline isPlain variant="danger" title={conflict.message} />
      ))}
      <ExpandableSection
        isExpanded={open}
        onToggle={(_event, next) => setOpen(next)}
        toggleContent={
          <span role="status">
            {title}: <strong>{counted(preview.services, 'service')}</strong> in {counted(clusters.length, 'cluster')}
          </span>
        }
      >
        {open && <CaughtList clusters={clusters} />}
      </ExpandableSection>
    </div>
  );
}

const MOST_NAMES = 60;

function CaughtList({ clusters }: { clusters: Preview['clusters'] }) {
  if (clusters.length === 0) return <p>No service of any cluster. Check the names, or whether the clusters have reported yet.</p>;
  return (
    <dl className="weft-caught-list">
      {clusters.map((cluster) => (
        <div key={cluster.cluster}>
          <dt>
            {cluster.cluster} ({counted(cluster.services, 'service')})
          </dt>
          {cluster.namespaces
            .filter((each) => each.services.length > 0)
            .map((each) => (
              <dd key={each.name} className="weft-wrap">
                <strong>{each.name}</strong>: {each.services.slice(0, MOST_NAMES).join(', ')}
                {each.services.length > MOST_NAMES && ` and ${String(each.services.length - MOST_NAMES)} more`}
              </dd>
            ))}
        </div>
      ))}
    </dl>
  );
}
