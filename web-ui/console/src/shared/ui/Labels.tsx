import { Label, LabelGroup } from '@patternfly/react-core';

/** `key=value` of a thing; text from outside, shown as it is. */
export function Labels({ labels, most = 6 }: { labels: Readonly<Record<string, string>>; most?: number }) {
  const entries = Object.entries(labels);
  if (entries.length === 0) return <>–</>;
  return (
    <LabelGroup numLabels={most} aria-label="Labels">
      {entries.map(([key, value]) => (
        <Label key={key} isCompact variant="outline" textMaxWidth="18rem">
          {value === '' ? key : `${key}=${value}`}
        </Label>
      ))}
    </LabelGroup>
  );
}
