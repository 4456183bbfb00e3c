import { useState } from 'react';
import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import type { RequestName } from '../../../shared/contract/contract.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './InlineForm.module.css';

type Field = {
  name: string;
  label: string;
  value?: string;
  placeholder?: string;
  isMultiline?: boolean;
  isOptional?: boolean;
  maxLength?: number;
};
/** `onSend` resolves to whether the command was carried out; the form then closes. */
type Props = {
  /** The command that the form sends. */ command: RequestName;
  fields: readonly Field[];
  submit: string;
  onSend: (values: Readonly<Record<string, string>>) => Promise<boolean>;
  onClose: () => void;
  children?: ReactNode;
};

/** A small form for the text that a command needs, shown where the command was requested. Escape closes it. */
export function InlineForm({ command, fields, submit, onSend, onClose, children }: Props): ReactNode {
  const [values, setValues] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(fields.map(({ name, value }) => [name, value ?? ''])),
  );
  const isMissing = fields.some(({ name, isOptional }) => isOptional !== true && values[name]?.trim() === '');
  const send = async (): Promise<void> => {
    const trimmed = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()]));
    if (!isMissing && (await onSend(trimmed))) onClose();
  };
  return (
    <div className={styles['frame']} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <Form
        className={styles['form'] ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {fields.map(({ name, label, placeholder, isMultiline, maxLength }, index) => (
          <TextInput
            key={name}
            label={label}
            value={values[name] ?? ''}
            onChange={(value) => setValues({ ...values, [name]: value })}
            maxLength={maxLength ?? 1000}
            isMultiline={isMultiline === true}
            autoFocus={index === 0}
            {...(placeholder !== undefined && { placeholder })}
          />
        ))}
        {children}
        <div className={styles['buttons']}>
          <CommandButton command={command} type="submit" tone="strong" isDisabled={isMissing}>
            {submit}
          </CommandButton>
          <Button onPress={onClose}>Cancel</Button>
        </div>
      </Form>
    </div>
  );
}
