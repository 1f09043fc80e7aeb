import { Content, Modal, ModalBody, ModalHeader } from '@patternfly/react-core';
import { navigation } from './features';

interface Shortcut {
  keys: readonly string[];
  what: string;
}

const EVERYWHERE: readonly Shortcut[] = [
  { keys: ['Ctrl', 'K'], what: 'Search everything (⌘ K on a Mac)' },
  { keys: ['/'], what: 'Search in the list' },
  { keys: ['p'], what: 'Pause and resume live updates' },
  { keys: ['?'], what: 'This sheet' },
  { keys: ['Esc'], what: 'Close a dialog, a menu or the summary beside a list' },
];

const LISTS: readonly Shortcut[] = [
  { keys: ['Tab'], what: 'To the next row, link or button' },
  { keys: ['Enter'], what: 'Open the summary of the row that has the focus' },
];

const EDITOR: readonly Shortcut[] = [
  { keys: ['Ctrl', 'S'], what: 'Check or save what is edited' },
  { keys: ['Ctrl', 'F'], what: 'Find in the text' },
  { keys: ['Ctrl', 'Shift', 'M'], what: 'List the mistakes' },
  { keys: ['Esc', 'Tab'], what: 'Leave the editor by keyboard' },
];

/** `?` */
export default function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  const places = navigation.flatMap((each) => each.entries).flatMap((entry) => (entry.shortcut === undefined ? [] : [{ keys: ['g', entry.shortcut], what: entry.label }]));
  return (
    <Modal variant="medium" isOpen onClose={onClose} aria-labelledby="shortcuts-title">
      <ModalHeader title="Keyboard shortcuts" labelId="shortcuts-title" description="They are off while you type." />
      <ModalBody tabIndex={0} aria-label="Shortcuts">
        <div className="weft-shortcuts">
          <Group title="Everywhere" shortcuts={EVERYWHERE} />
          <Group title="Go to" shortcuts={places} />
          <Group title="Lists" shortcuts={LISTS} />
          <Group title="YAML editor" shortcuts={EDITOR} />
        </div>
      </ModalBody>
    </Modal>
  );
}

function Group({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  return (
    <section>
      <Content component="h3">{title}</Content>
      <dl className="weft-shortcut-list">
        {shortcuts.map((each) => (
          <div key={each.what}>
            <dt>
              {each.keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{each.what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
