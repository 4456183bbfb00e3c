import type { ReactNode } from 'react';
import { SelectInput } from '../../ui/SelectInput.tsx';
import { useTell } from '../../ui/Toasts.tsx';
import { PageSection } from '../../ui/PageSection.tsx';
import styles from '../../ui/PageSection.module.css';
import type { Act } from './usePeopleList.ts';

const choices = [0, 5, 15, 30, 60, 120];
const wordsOf = (minutes: number): string => (minutes === 0 ? 'Never by itself' : `After ${minutes} minutes`);

/** Sets after how long without input a screen locks itself. Displays with a token never lock. */
export function IdleLockChoice({ minutes, act }: { minutes: number; act: Act }): ReactNode {
  const tell = useTell();
  const options = [...new Set([...choices, minutes])]
    .sort((a, b) => a - b)
    .map((each) => ({ id: String(each), label: wordsOf(each) }));
  const choose = (id: string): void =>
    void act('people.setIdleLock', { minutes: Number(id) }).catch((error: unknown) =>
      tell(error instanceof Error ? error.message : String(error)),
    );
  return (
    <PageSection title="Screen lock">
      <p className={styles['hint']}>
        Ctrl Shift L locks a screen at once. A screen that nobody has touched locks itself:
      </p>
      <div className={styles['choice']}>
        <SelectInput
          label="Lock an idle screen"
          isLabelHidden
          options={options}
          value={String(minutes)}
          onChange={choose}
        />
      </div>
    </PageSection>
  );
}
