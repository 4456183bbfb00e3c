import { useState } from 'react';
import type { ReactNode } from 'react';
import { publicSubjects } from '../../../shared/citizens/publicationPolicy.ts';
import type { PublicationMode, PublicSubject } from '../../../shared/citizens/publicationPolicy.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { useCommand } from '../../client/useCommand.ts';
import { useMay } from '../../client/useMay.ts';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';
import { SelectInput } from '../../ui/SelectInput.tsx';
import { modeOptions, subjectNames } from './requestWords.ts';

const REFRESH_MS = 5000;

/** Which kinds of things become public, and when. Everybody reads it; a supervisor decides. */
export function PolicyTable(): ReactNode {
  const [version, setVersion] = useState(0);
  const answer = useAnswer('publication.policy', {}, REFRESH_MS, version);
  const may = useMay('publication.setPolicy');
  const command = useCommand();
  if (answer.state !== 'done') return null;
  const { policy } = answer.value;
  const set = async (subject: PublicSubject, mode: PublicationMode): Promise<void> => {
    await command('publication.setPolicy', { subject, mode });
    setVersion((before) => before + 1);
  };
  return (
    <PageSection title="What becomes public, and when">
      <p className={styles['hint']}>
        By template nothing is published that a person wrote. Names, units, alarms, notes and single homes are never
        public.
      </p>
      <table className={styles['table']}>
        <tbody>
          {publicSubjects.map((subject) => (
            <tr key={subject}>
              <th scope="row">{subjectNames[subject]}</th>
              <td>
                {may.state === 'allowed' ? (
                  <div className={styles['choice']}>
                    <SelectInput
                      label={subjectNames[subject]}
                      isLabelHidden
                      options={modeOptions}
                      value={policy[subject]}
                      onChange={(mode) => void set(subject, mode)}
                    />
                  </div>
                ) : (
                  modeOptions.find(({ id }) => id === policy[subject])?.label
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </PageSection>
  );
}
