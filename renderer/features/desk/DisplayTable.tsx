import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RequestInput } from '../../../shared/contract/contract.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useAnswer } from '../../client/useAnswer.ts';
import { useCommand } from '../../client/useCommand.ts';
import { formatAge } from '../../ui/formatTime.ts';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';

const REFRESH_MS = 3000;

/** For administrators: the wall displays of this workstation, what each shows, and when it reported last. */
export function DisplayTable(): ReactNode {
  const run = useCommand();
  const [version, setVersion] = useState(0);
  const answer = useAnswer('display.list', {}, REFRESH_MS, version);
  if (answer.state !== 'done') return null;
  const { displays, nowMs } = answer.value;
  const act = async (
    name: 'display.reload' | 'display.forget',
    input: RequestInput<'display.reload'>,
  ): Promise<void> => {
    await run(name, input);
    setVersion((before) => before + 1);
  };
  return (
    <PageSection title="Wall displays">
      <p className={styles['hint']}>
        {displays.length === 0
          ? 'None has reported yet. A display comes in by its token; ?display=NAME in its address names it.'
          : 'One that does not report for ten seconds is an alarm.'}
      </p>
      {displays.length > 0 && (
        <table className={styles['table']} aria-label="Wall displays">
          <thead>
            <tr>
              <th>Display</th>
              <th>Scene</th>
              <th>Size</th>
              <th>Version</th>
              <th>Last report</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {displays.map(({ id, name, scene, widthPx, heightPx, version: shown, lastAtMs, isDead }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{scene}</td>
                <td>{widthPx === 0 ? '–' : `${widthPx} × ${heightPx}`}</td>
                <td>{shown === '' ? '–' : shown}</td>
                <td>{`${formatAge(nowMs - lastAtMs)} ago${isDead ? ', does not report' : ''}`}</td>
                <td>
                  <CommandButton
                    command="display.reload"
                    tone="quiet"
                    onPress={() => void act('display.reload', { id })}
                  >
                    Reload
                  </CommandButton>
                  <CommandButton
                    command="display.forget"
                    tone="quiet"
                    onPress={() => void act('display.forget', { id })}
                  >
                    Forget
                  </CommandButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </PageSection>
  );
}
