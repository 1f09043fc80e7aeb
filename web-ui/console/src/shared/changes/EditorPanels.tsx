import { Alert, Button, List, ListItem, Modal, ModalBody, ModalFooter, ModalHeader, Spinner } from '@patternfly/react-core';
import { useState } from 'react';
import { ActionButton } from '~/shared/ui/ActionButton';
import { DiffView, YamlDiff } from '~/shared/ui/DiffView';
import { ConflictBanner, WriteError } from '~/shared/ui/states';
import type { Violation } from '~/api/problem';
import { sentence } from '~/shared/resources/violations';
import { ConflictReview } from './ConflictReview';
import { extent, extentWords } from './diffs';
import type { Editor } from './use-editor';
import './changes.css';

/** What the hub objects to that no field of the form shows. */
export function OtherViolations({ violations }: { violations: readonly Violation[] }) {
  if (violations.length === 0) return null;
  return (
    <Alert isInline variant="danger" title="The hub would not take this">
      <List isPlain>
        {violations.map((each, index) => (
          <ListItem key={`${each.pointer} ${String(index)}`} className="weft-wrap">
            <code>{each.pointer}</code> {sentence(each)}
          </ListItem>
        ))}
      </List>
    </Alert>
  );
}

/** Fields that the document has and the form has not. */
export function NotShown({ pointers }: { pointers: readonly string[] }) {
  if (pointers.length === 0) return null;
  return (
    <Alert isInline variant="info" title="Kept as it is: the form does not show all that the YAML says">
      <p className="weft-wrap">
        {pointers.map((pointer) => (
          <code key={pointer} className="weft-pointer">
            {pointer}
          </code>
        ))}
      </p>
    </Alert>
  );
}

export function EditorConflict({ editor, what }: { editor: Editor; what: string }) {
  const [reviewing, setReviewing] = useState(false);
  if (editor.theirs === null || !editor.dirty) return null;
  const mine = editor.parsed.document;
  if (!reviewing || mine === null) {
    return <ConflictBanner what={what} onReview={mine === null ? undefined : () => setReviewing(true)} onReload={editor.discard} />;
  }
  return (
    <ConflictReview
      what={what}
      base={editor.base}
      text={editor.text}
      mine={mine}
      theirs={editor.theirs}
      onMerged={(text) => {
        setReviewing(false);
        editor.rebase(text);
      }}
      onDrop={() => {
        setReviewing(false);
        editor.discard();
      }}
    />
  );
}

/** Why one cannot apply now; empty when one can. */
export function notYet(editor: Editor): string {
  if (!editor.dirty) return 'Nothing is changed yet.';
  if (!editor.parsed.readable) return 'The YAML cannot be read.';
  if (editor.theirs !== null) return 'Somebody else changed it: compare both versions first.';
  if (editor.checking) return 'The hub is asked what this would change.';
  if (editor.problem !== undefined) return 'The hub would not take this as it is.';
  return editor.dryRun === undefined ? 'The hub has not answered yet.' : '';
}

/** The bar below an editor: what applying would do, and the way there. */
export function EditorBar({ editor, verb, onReview }: { editor: Editor; verb: string; onReview: () => void }) {
  return (
    <div className="weft-editor-bar">
      <ActionButton needs="edit" notNow={notYet(editor)} onClick={onReview}>
        {verb}
      </ActionButton>
      {editor.dirty && editor.base !== null && (
        <Button variant="link" onClick={editor.discard}>
          Discard my changes
        </Button>
      )}
      <span role="status" className="weft-editor-effect">
        <Effect editor={editor} />
      </span>
    </div>
  );
}

function Effect({ editor }: { editor: Editor }) {
  if (!editor.dirty) return <>Nothing is changed.</>;
  if (!editor.parsed.readable) return <>{yamlTrouble(editor)}</>;
  if (editor.checking) {
    return (
      <>
        <Spinner size="sm" aria-hidden="true" /> Asking the hub what this would change …
      </>
    );
  }
  if (editor.problem !== undefined && editor.violations.length === 0) return <>{editor.problem.detail || editor.problem.title}</>;
  if (editor.violations.length > 0) return <>{editor.violations.length === 1 ? '1 thing is' : `${String(editor.violations.length)} things are`} wrong.</>;
  return <>{editor.dryRun === undefined ? '' : extentWords(extent(editor.dryRun.clusters))}</>;
}

export function yamlTrouble(editor: Editor): string {
  const first = editor.parsed.errors[0];
  return first === undefined ? '' : `YAML, line ${String(first.line)}: ${first.message}`;
}

/** Everything that applying would change, before it does. */
export function ReviewDialog({ editor, title, verb, onClose }: { editor: Editor; title: string; verb: string; onClose: () => void }) {
  const why = notYet(editor);
  return (
    <Modal variant="large" isOpen onClose={onClose} aria-labelledby="review-title" aria-describedby="review-body">
      <ModalHeader title={title} labelId="review-title" />
      <ModalBody id="review-body" tabIndex={0} aria-label={title}>
        <WriteError error={editor.applyError ?? (editor.violations.length > 0 ? editor.problem : undefined)} />
        <EditorConflict editor={editor} what="It" />
        <h3 className="weft-subtitle">In Weft</h3>
        <YamlDiff before={editor.base ?? ''} after={editor.parsed.document ?? ''} label="The resource, before and after" />
        <h3 className="weft-subtitle">In the clusters</h3>
        {editor.dryRun !== undefined && <p>{extentWords(extent(editor.dryRun.clusters))}</p>}
        {editor.dryRun !== undefined && <DiffView clusters={editor.dryRun.clusters} none="" />}
        {editor.checking && <Spinner aria-label="Asking the hub" />}
      </ModalBody>
      <ModalFooter>
        <ActionButton needs="edit" notNow={why} isLoading={editor.applying} onClick={() => editor.apply(onClose)}>
          {verb}
        </ActionButton>
        <Button variant="link" onClick={onClose}>
          Go on editing
        </Button>
      </ModalFooter>
    </Modal>
  );
}
