import type { ReactNode } from 'react';
import { placeOf } from '../../../shared/county/countyFault.ts';
import type { CountyFault } from '../../../shared/county/countyFault.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { Blank } from '../../ui/Blank.tsx';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';

const levels: Record<CountyFault['level'], string> = { error: 'Error', leftOut: 'Left out', warning: 'Warning' };

/** For administrators: which county is in use, what was loaded from its files, and what is wrong in them. */
export function CountyFiles(): ReactNode {
  const answer = useAnswer('county.files', {});
  if (answer.state === 'loading') return <Skeleton rows={8} />;
  if (answer.state === 'failed') return <Blank title="The county cannot be shown.">{answer.message}</Blank>;
  const { folder, files, faults } = answer.value;
  return (
    <>
      <PageSection title="County">
        <p className={styles['hint']}>
          Loaded from {folder} at the start. What is changed there is used after the next start.
        </p>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th>File</th>
              <th>Loaded</th>
            </tr>
          </thead>
          <tbody>
            {files.map(({ name, holds }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{holds}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </PageSection>
      <PageSection title="Faults in the files">
        {faults.length === 0 ? <p className={styles['hint']}>None were found.</p> : <FaultTable faults={faults} />}
      </PageSection>
    </>
  );
}

function FaultTable({ faults }: { faults: readonly CountyFault[] }): ReactNode {
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th>Place</th>
          <th>What it means</th>
          <th>Fault</th>
        </tr>
      </thead>
      <tbody>
        {faults.map((fault) => (
          <tr key={`${placeOf(fault)} ${fault.text}`}>
            <th scope="row">{placeOf(fault)}</th>
            <td>{levels[fault.level]}</td>
            <td>{fault.text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
