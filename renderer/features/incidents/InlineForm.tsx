import { useState } from 'react';
import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import type { RequestName } from '../../../shared/contract/contract.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { DraftConflict, DraftInput } from '../../client/DraftInput.tsx';
import { useDraft } from '../../client/useDraft.ts';
import type { FormDraft } from '../../client/useDraft.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './InlineForm.module.css';

type Values = Readonly<Record<string, string>>;
type Field = {
  name: string;
  label: string;
  /** What the field changes, as it is now. */
  value?: string;
  placeholder?: string;
  isMultiline?: boolean;
  isOptional?: boolean;
  /** Not typed into a field, but chosen by what `children` draws; it says in words what somebody else has chosen. */
  chosenWords?: (value: string) => string;
  maxLength?: number;
};
/** `onSend` resolves to whether the command was carried out; the form then closes. */
type Props = {
  /** The command that the form sends. */ command: RequestName;
  /** The key of the draft, see `draftKey`. The part that opens the form asks `useFormOpen` with the same key. */
  formKey: string;
  fields: readonly Field[];
  submit: string;
  /** Why the values cannot be sent, in a sentence; asked when they would be. */
  faultOf?: (values: Values) => string | undefined;
  onSend: (values: Values) => Promise<boolean>;
  onClose: () => void;
  children?: ReactNode | ((draft: FormDraft<string>) => ReactNode);
};

/**
 * A small form for the text that a command needs, shown where the command was requested. Escape closes it and keeps
 * what was typed; Cancel gives it up.
 */
export function InlineForm({ command, formKey, fields, submit, faultOf, onSend, onClose, children }: Props): ReactNode {
  const draft = useDraft(formKey, Object.fromEntries(fields.map(({ name, value }) => [name, value ?? ''])));
  const [fault, setFault] = useState<string>();
  const { values } = draft;
  const changed = fields.filter(({ name }) => draft.changed.some((field) => field.name === name));
  const isMissing = fields.some(({ name, isOptional }) => isOptional !== true && (values[name] ?? '').trim() === '');
  const end = (): void => {
    draft.end();
    onClose();
  };
  const send = async (): Promise<void> => {
    const trimmed = Object.fromEntries(fields.map(({ name }) => [name, (values[name] ?? '').trim()]));
    const found = faultOf?.(trimmed);
    setFault(found);
    if (found === undefined && !isMissing && (await onSend(trimmed))) end();
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
        {fields
          .filter(({ chosenWords }) => chosenWords === undefined)
          .map(({ name, label, placeholder, isMultiline, maxLength }, index) => (
            <DraftInput
              key={name}
              draft={draft}
              name={name}
              label={label}
              maxLength={maxLength ?? 1000}
              isMultiline={isMultiline === true}
              autoFocus={index === 0}
              {...(placeholder !== undefined && { placeholder })}
            />
          ))}
        {typeof children === 'function' ? children(draft) : children}
        {changed.map(
          ({ name, label, chosenWords }) =>
            chosenWords !== undefined && (
              <DraftConflict key={name} draft={draft} name={name} label={label} words={chosenWords} />
            ),
        )}
        <Fault text={fault} />
        <div className={styles['buttons']}>
          <CommandButton command={command} type="submit" tone="strong" isDisabled={isMissing || changed.length > 0}>
            {submit}
          </CommandButton>
          <Button onPress={end}>Cancel</Button>
        </div>
      </Form>
    </div>
  );
}

function Fault({ text }: { text: string | undefined }): ReactNode {
  if (text === undefined) return null;
  return (
    <p className={styles['fault']} role="alert">
      {text}
    </p>
  );
}
