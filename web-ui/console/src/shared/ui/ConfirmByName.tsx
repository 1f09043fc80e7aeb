import {
  Button,
  Form,
  FormGroup,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import { WriteError } from './states';

export interface ConfirmByNameProps {
  title: string;
  /** What must be typed. */
  name: string;
  /** The verb on the button. */
  action: string;
  /** What it touches, and what not. */
  children: ReactNode;
  isWorking?: boolean;
  error?: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks for the name before something is destroyed, and lists what will be touched. */
export function ConfirmByName({ title, name, action, children, isWorking = false, error, onConfirm, onClose }: ConfirmByNameProps) {
  const [typed, setTyped] = useState('');
  const matches = typed === name;
  return (
    <Modal variant="small" isOpen onClose={onClose} aria-labelledby="confirm-title" aria-describedby="confirm-body">
      <ModalHeader title={title} titleIconVariant="warning" labelId="confirm-title" />
      <ModalBody id="confirm-body">
        <WriteError error={error} />
        {children}
        <Form
          className="weft-confirm"
          onSubmit={(event) => {
            event.preventDefault();
            if (matches && !isWorking) onConfirm();
          }}
        >
          <FormGroup
            fieldId="confirm-name"
            label={
              <>
                Type <strong>{name}</strong> to confirm
              </>
            }
          >
            <TextInput id="confirm-name" value={typed} onChange={(_event, value) => setTyped(value)} autoComplete="off" spellCheck="false" />
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button variant="danger" isDisabled={!matches || isWorking} isLoading={isWorking} onClick={onConfirm}>
          {action}
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
