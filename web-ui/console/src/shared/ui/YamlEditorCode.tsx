import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { Violation } from '~/api/problem';
import { readYaml } from '~/shared/yaml/yaml';
import type { YamlEditorProps } from './YamlEditor';

const LINT_AFTER_MILLIS = 300;

// Classes only: their colours are tokens in the style sheet, so they follow the theme.
const highlighting = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], class: 'weft-tok-key' },
  { tag: [tags.string, tags.special(tags.string), tags.content], class: 'weft-tok-string' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], class: 'weft-tok-atom' },
  { tag: [tags.comment, tags.lineComment], class: 'weft-tok-comment' },
  { tag: [tags.meta, tags.labelName, tags.typeName], class: 'weft-tok-meta' },
]);

function marks(text: string, violations: readonly Violation[]): Diagnostic[] {
  const read = readYaml(text);
  const bound = (at: number) => Math.min(Math.max(at, 0), text.length);
  const own = read.troubles.map((each): Diagnostic => ({ from: bound(each.from), to: bound(each.to), severity: 'error', message: each.message, source: 'YAML' }));
  const said = violations.map((each): Diagnostic => {
    const range = read.rangeOf(each.pointer) ?? { from: 0, to: 1 };
    const expected = each.expected === undefined ? '' : ` (expected: ${each.expected})`;
    return { from: bound(range.from), to: bound(range.to), severity: 'error', message: `${each.message}${expected}`, source: each.pointer };
  });
  return [...own, ...said];
}

export default function YamlEditorCode({ value, onChange, violations, label, isReadOnly = false, onSave }: YamlEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const readOnly = useRef(new Compartment());
  const changed = useEffectEvent((text: string) => onChange?.(text));
  const save = useEffectEvent(() => onSave?.());
  const initial = useEffectEvent(() => ({ value, isReadOnly, label }));

  useEffect(() => {
    if (place.current === null) return;
    const start = initial();
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: start.value,
        extensions: [
          lineNumbers(),
          foldGutter(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          indentUnit.of('  '),
          bracketMatching(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          highlightSelectionMatches(),
          search({ top: true }),
          yaml(),
          syntaxHighlighting(highlighting),
          EditorState.tabSize.of(2),
          keymap.of([
            {
              key: 'Mod-s',
              run: () => {
                save();
                return true;
              },
            },
            // Tab indents; Escape, then Tab, leaves the editor.
            indentWithTab,
            ...defaultKeymap,
            ...historyKeymap,
            ...searchKeymap,
            ...foldKeymap,
            ...lintKeymap,
          ]),
          EditorView.contentAttributes.of({ 'aria-label': start.label, spellcheck: 'false' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
          }),
          readOnly.current.of([EditorState.readOnly.of(start.isReadOnly), EditorView.editable.of(!start.isReadOnly)]),
        ],
      }),
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = undefined;
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (editor === undefined || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({
      effects: readOnly.current.reconfigure([EditorState.readOnly.of(isReadOnly), EditorView.editable.of(!isReadOnly)]),
    });
  }, [isReadOnly]);

  useEffect(() => {
    const timer = setTimeout(() => {
      const editor = view.current;
      if (editor !== undefined) editor.dispatch(setDiagnostics(editor.state, marks(editor.state.doc.toString(), violations ?? [])));
    }, LINT_AFTER_MILLIS);
    return () => clearTimeout(timer);
  }, [value, violations]);

  return <div ref={place} className="weft-yaml-editor" />;
}
