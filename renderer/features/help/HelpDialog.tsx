import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import dialogs from '../../ui/dialogs.module.css';
import { keyFor } from '../../ui/keyChoice.ts';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import styles from './help.module.css';
import { fixedKeys, keyActions, scopeLabels } from './keyActions.ts';
import type { HelpPage, KeyScope } from './keyActions.ts';
import { pageHelp } from './pageHelp.ts';

type Props = { page: HelpPage; pages: readonly HelpPage[]; onSettings: () => void; onClose: () => void };

const scopes: readonly KeyScope[] = ['everywhere', 'alarms', 'dispatch'];

/** Says what the page is for, and which keys there are. */
export function HelpDialog({ page, pages, onSettings, onClose }: Props): ReactNode {
  const choice = usePreferences();
  const actions = keyActions(pages);
  return (
    <ModalDialog title={`Help: ${page.label}`} width={760} onClose={onClose}>
      <div className={styles['help']} tabIndex={0} role="region" aria-label="Help and keys">
        {pageHelp[page.id]?.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {!choice.areKeysOn && <p className={styles['off']}>Keys that are a single character are switched off.</p>}
        <div className={styles['columns']}>
          {scopes.map((scope) => (
            <section key={scope}>
              <h3>{scopeLabels[scope]}</h3>
              <KeyList
                rows={actions
                  .filter((action) => action.scope === scope)
                  .map(({ usual, label }) => ({ keys: keyFor(usual, choice).toUpperCase(), label }))}
              />
            </section>
          ))}
          <section>
            <h3>Always</h3>
            <KeyList rows={fixedKeys} />
          </section>
        </div>
      </div>
      <footer className={`${dialogs['footer']} ${styles['footer']}`}>
        <Button onPress={onSettings}>Settings …</Button>
        <Button tone="strong" onPress={onClose}>
          Close
        </Button>
      </footer>
    </ModalDialog>
  );
}

function KeyList({ rows }: { rows: readonly { keys: string; label: string }[] }): ReactNode {
  return (
    <dl className={styles['keys']}>
      {rows.map(({ keys, label }) => (
        <div key={label}>
          <dt>
            <kbd>{keys}</kbd>
          </dt>
          <dd>{label}</dd>
        </div>
      ))}
    </dl>
  );
}
