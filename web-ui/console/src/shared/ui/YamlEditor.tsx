import { lazy, Suspense } from 'react';
import type { Violation } from '~/api/problem';
import { Loading } from './states';

export interface YamlEditorProps {
  value: string;
  onChange?: (text: string) => void;
  /** What the hub said is wrong, marked where its pointers point. */
  violations?: readonly Violation[];
  label: string;
  isReadOnly?: boolean;
  /** Rows to keep free before anything is loaded, so that nothing jumps. */
  height?: 'small' | 'medium' | 'fill';
  /** Ctrl/⌘-S in the editor. */
  onSave?: () => void;
}

const Code = lazy(() => import('./YamlEditorCode'));

/** YAML with the marks of its mistakes. Loaded when first shown. */
export function YamlEditor(props: YamlEditorProps) {
  return (
    <div className={`weft-yaml weft-yaml-${props.height ?? 'medium'}`}>
      <Suspense fallback={<Loading label="Loading the editor" lines={10} />}>
        <Code {...props} />
      </Suspense>
    </div>
  );
}
