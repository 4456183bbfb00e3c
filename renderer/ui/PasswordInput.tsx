import type { ReactNode } from 'react';
import { TextInput } from './TextInput.tsx';

type Props = { label: string; value: string; onChange: (value: string) => void };

/** The password of the person at this screen. It is hidden, and never kept as a draft. */
export const PasswordInput = ({ label, value, onChange }: Props): ReactNode => (
  <TextInput label={label} type="password" value={value} onChange={onChange} autoComplete="current-password" />
);
