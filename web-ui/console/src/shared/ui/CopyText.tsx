import { ClipboardCopy, ClipboardCopyVariant } from '@patternfly/react-core';

/** Text to take along, whole and unbroken, with a button that copies it. */
export function CopyText({ text, label, multiline = false }: { text: string; label: string; multiline?: boolean }) {
  return (
    <ClipboardCopy
      isReadOnly
      hoverTip="Copy"
      clickTip="Copied"
      textAriaLabel={label}
      variant={multiline ? ClipboardCopyVariant.expansion : ClipboardCopyVariant.inline}
      isCode
      className="weft-copy"
    >
      {text}
    </ClipboardCopy>
  );
}
