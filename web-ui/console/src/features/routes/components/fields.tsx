import { FormGroup, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { FieldHelp, validity } from '~/shared/changes/FieldHelp';
import { type Path, pointerOf } from '~/shared/resources/json';
import { textEdit } from '../model';
import { useEditing, useViolations } from './editing';

export interface TextFieldProps {
  path: Path;
  label: string;
  value: string;
  placeholder?: string;
  /** Values to choose from while typing; others are allowed. */
  suggestions?: readonly string[];
  children?: ReactNode;
  isRequired?: boolean;
}

/** A text of the document; an empty one leaves the field out. */
export function TextField({ path, label, value, placeholder, suggestions, children, isRequired = false }: TextFieldProps) {
  const { edit } = useEditing();
  const violations = useViolations(path);
  const id = pointerOf(path);
  return (
    <FormGroup label={label} fieldId={id} isRequired={isRequired}>
      <BareText path={path} label={label} value={value} placeholder={placeholder} suggestions={suggestions} onChange={(text) => edit([textEdit(path, text)])} isWrong={violations.length > 0} />
      <FieldHelp violations={violations}>{children}</FieldHelp>
    </FormGroup>
  );
}

interface BareTextProps {
  path: Path;
  label: string;
  value: string;
  placeholder?: string;
  suggestions?: readonly string[];
  isWrong?: boolean;
  onChange: (text: string) => void;
}

/** The input alone, for rows of a table where the column is the label. */
export function BareText({ path, label, value, placeholder, suggestions, isWrong = false, onChange }: BareTextProps) {
  const { readOnly } = useEditing();
  const id = pointerOf(path);
  return (
    <>
      <TextInput
        id={id}
        aria-label={label}
        value={value}
        placeholder={placeholder}
        list={suggestions === undefined ? undefined : `${id}-list`}
        readOnlyVariant={readOnly === '' ? undefined : 'default'}
        validated={isWrong ? 'error' : 'default'}
        onChange={(_event, text) => onChange(text)}
        autoComplete="off"
        spellCheck="false"
      />
      {suggestions !== undefined && (
        <datalist id={`${id}-list`}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </>
  );
}

export interface ChoiceProps {
  path: Path;
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

export function Choice({ path, label, value, options, onChange }: ChoiceProps) {
  const { readOnly } = useEditing();
  const violations = useViolations(path);
  return (
    <FormSelect
      id={pointerOf(path)}
      aria-label={label}
      value={value}
      isDisabled={readOnly !== ''}
      validated={validity(violations)}
      onChange={(_event, next) => onChange(next)}
    >
      {options.map((option) => (
        <FormSelectOption key={option.value} value={option.value} label={option.label} />
      ))}
    </FormSelect>
  );
}
