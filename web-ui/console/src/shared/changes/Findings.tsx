import { Alert } from '@patternfly/react-core';
import type { Finding } from '~/api/types';
import { keyWords, parseKey } from './key';
import './changes.css';

/** What people should know about what was made of their resources. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  return findings.map((finding, index) => (
    <Alert
      key={`${finding.resource} ${String(index)}`}
      isInline
      isPlain
      variant={finding.type === 'Warning' ? 'warning' : 'danger'}
      title={`${place(finding)}${keyWords(parseKey(finding.resource))}: ${finding.message}`}
    />
  ));
}

function place(finding: Finding): string {
  const { cluster } = finding as { cluster?: string };
  return cluster === undefined ? '' : `${cluster}: `;
}
