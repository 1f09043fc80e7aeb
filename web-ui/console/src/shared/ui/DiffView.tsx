import { Button, ExpandableSection, Label } from '@patternfly/react-core';
import { useMemo, useState, type ReactNode } from 'react';
import type { ClusterDiff, ObjectDiff } from '~/api/types';
import { countChanges, diffLines, hunks, type DiffHunk } from '~/shared/diff/lines';
import { counted } from '~/shared/format/numbers';
import { objectWords } from '~/shared/format/object-key';
import { toYaml } from '~/shared/yaml/yaml';
import { StatusLabel, type Tone } from './StatusLabel';

export interface YamlDiffProps {
  /** A document, or text as it is; `undefined` for none. */
  before: unknown;
  after: unknown;
  label: string;
}

function textOf(document: unknown): string {
  if (document === undefined || document === null) return '';
  return typeof document === 'string' ? document : toYaml(document);
}

/** Two documents as YAML, line by line; signs and words tell the sides apart, not only colour. */
export function YamlDiff({ before, after, label }: YamlDiffProps) {
  const found = useMemo(() => hunks(diffLines(textOf(before), textOf(after))), [before, after]);
  return (
    <div className="weft-diff" role="region" aria-label={label} tabIndex={0}>
      <table role="presentation">
        <tbody>
          {found.map((hunk, index) => (
            <Hunk key={index} hunk={hunk} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const SIGNS = { same: ' ', added: '+', removed: '−' } as const;

function Hunk({ hunk }: { hunk: DiffHunk }) {
  const [open, setOpen] = useState(false);
  if ('skipped' in hunk && !open) {
    return (
      <tr className="weft-diff-skipped">
        <td colSpan={4}>
          <Button variant="link" isInline size="sm" onClick={() => setOpen(true)}>
            {counted(hunk.skipped, 'equal line')} – show
          </Button>
        </td>
      </tr>
    );
  }
  return hunk.lines.map((line, index) => (
    <tr key={index} className={`weft-diff-${line.kind}`}>
      <td className="weft-diff-number">{line.before ?? ''}</td>
      <td className="weft-diff-number">{line.after ?? ''}</td>
      <td className="weft-diff-sign">
        {line.kind !== 'same' && <span className="pf-v6-screen-reader">{line.kind}: </span>}
        <span aria-hidden="true">{SIGNS[line.kind]}</span>
      </td>
      <td className="weft-diff-text">{line.text}</td>
    </tr>
  ));
}

const CHANGES: Readonly<Record<ObjectDiff['change'], { tone: Tone; word: string }>> = {
  added: { tone: 'ok', word: 'Added' },
  changed: { tone: 'info', word: 'Changed' },
  removed: { tone: 'danger', word: 'Removed' },
};

export interface DiffViewProps {
  clusters: readonly ClusterDiff[];
  /** Said when no cluster would change. */
  none?: ReactNode;
}

/** What a change does, cluster by cluster and object by object. */
export function DiffView({ clusters, none = 'No cluster would change.' }: DiffViewProps) {
  const touched = clusters.filter((each) => each.objects.length > 0 || each.findings.length > 0);
  if (touched.length === 0) return <p className="weft-diff-none">{none}</p>;
  return (
    <div className="weft-diff-clusters">
      {touched.map((each) => (
        <ClusterPart key={each.cluster} diff={each} startsOpen={touched.length === 1} />
      ))}
    </div>
  );
}

/** `2 added, 1 changed` */
export function summary(objects: readonly ObjectDiff[]): string {
  const parts = (['added', 'changed', 'removed'] as const).flatMap((change) => {
    const n = objects.filter((each) => each.change === change).length;
    return n === 0 ? [] : [`${n} ${change}`];
  });
  return parts.length === 0 ? 'no objects' : parts.join(', ');
}

function ClusterPart({ diff, startsOpen }: { diff: ClusterDiff; startsOpen: boolean }) {
  const [open, setOpen] = useState(startsOpen);
  return (
    <ExpandableSection
      className="weft-diff-cluster"
      isExpanded={open}
      onToggle={(_event, next) => setOpen(next)}
      toggleContent={
        <span className="weft-diff-head">
          <strong>{diff.cluster}</strong> <span>{summary(diff.objects)}</span>
          {diff.findings.length > 0 && <StatusLabel tone="warning">{counted(diff.findings.length, 'finding')}</StatusLabel>}
        </span>
      }
    >
      {diff.findings.map((finding, index) => (
        <p key={index} className="weft-finding">
          <StatusLabel tone="warning">{finding.reason}</StatusLabel> {finding.message}
        </p>
      ))}
      {diff.objects.map((object) => (
        <ObjectPart key={object.object} object={object} startsOpen={diff.objects.length <= 3} />
      ))}
    </ExpandableSection>
  );
}

function ObjectPart({ object, startsOpen }: { object: ObjectDiff; startsOpen: boolean }) {
  const [open, setOpen] = useState(startsOpen);
  const { added, removed } = useMemo(() => countChanges(diffLines(textOf(object.before), textOf(object.after))), [object]);
  const { tone, word } = CHANGES[object.change];
  return (
    <ExpandableSection
      isExpanded={open}
      onToggle={(_event, next) => setOpen(next)}
      toggleContent={
        <span className="weft-diff-head">
          <StatusLabel tone={tone}>{word}</StatusLabel> <code>{objectWords(object.object)}</code>
          <Label isCompact variant="outline">
            +{added} −{removed}
          </Label>
        </span>
      }
    >
      {open && <YamlDiff before={object.before} after={object.after} label={`${objectWords(object.object)}, ${word.toLowerCase()}`} />}
    </ExpandableSection>
  );
}
