import type { ComponentProps, ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { TextInput } from '../ui/TextInput.tsx';
import styles from './DraftInput.module.css';
import type { FormDraft } from './useDraft.ts';

type Props<K extends string> = Omit<ComponentProps<typeof TextInput>, 'value' | 'onChange'> & {
  draft: FormDraft<K>;
  name: K;
};

/**
 * A field whose text is kept until the form is sent. Where somebody else has changed meanwhile what the field changes,
 * that is shown below the text, and the person decides.
 */
export function DraftInput<K extends string>({ draft, name, ...props }: Props<K>): ReactNode {
  return (
    <div className={styles['field']}>
      <TextInput {...props} value={draft.values[name]} onChange={(value) => draft.set(name, value)} />
      <DraftConflict draft={draft} name={name} label={props.label} />
    </div>
  );
}

const LONGEST_QUOTE = 300;

function quoted(text: string): string {
  if (text === '') return 'nothing';
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)} …` : text;
}

/** What somebody else has written into a field since this person began to type, and the choice between the two. */
export function DraftConflict<K extends string>({
  draft,
  name,
  label,
  words = (value) => value,
}: {
  draft: FormDraft<K>;
  name: K;
  label: string;
  /** What somebody else has written, as it is shown. */
  words?: (value: string) => string;
}): ReactNode {
  const changed = draft.changed.find((field) => field.name === name);
  if (changed === undefined) return null;
  return (
    <div className={styles['conflict']} role="alert" aria-label={`${label} was changed meanwhile`}>
      <p>
        Changed meanwhile to <q>{quoted(words(changed.theirs))}</q>. Your text is not sent yet.
      </p>
      <Button tone="quiet" onPress={() => draft.settle(name, 'theirs')}>
        Take that
      </Button>
      <Button tone="quiet" onPress={() => draft.settle(name, 'mine')}>
        Keep mine
      </Button>
    </div>
  );
}
