import { FieldError, Input, Label, TextArea, TextField } from 'react-aria-components';
import type { ReactNode } from 'react';
import styles from './fields.module.css';

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  maxLength?: number;
  isMultiline?: boolean;
  isRequired?: boolean;
  isReadOnly?: boolean;
  autoFocus?: boolean;
  /** The label is only announced by screen readers, because the placeholder already shows it. */
  isLabelHidden?: boolean;
  /** `password` hides what is typed. */
  type?: 'text' | 'password';
  /** What the browser may fill in, e.g. `current-password`. */
  autoComplete?: string;
};

export function TextInput({
  label,
  value,
  onChange,
  placeholder,
  maxLength = 200,
  isMultiline = false,
  isLabelHidden = false,
  ...rest
}: Props): ReactNode {
  const text = placeholder === undefined ? {} : { placeholder };
  return (
    <TextField
      {...rest}
      {...(isLabelHidden ? { 'aria-label': label } : {})}
      className={styles['field'] ?? ''}
      value={value}
      onChange={onChange}
      maxLength={maxLength}
    >
      {!isLabelHidden && <Label className={styles['label'] ?? ''}>{label}</Label>}
      {isMultiline ? (
        <TextArea {...text} className={styles['input'] ?? ''} />
      ) : (
        <Input {...text} className={styles['input'] ?? ''} />
      )}
      <FieldError />
    </TextField>
  );
}
