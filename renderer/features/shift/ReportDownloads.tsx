import { Download } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useCommand } from '../../client/useCommand.ts';
import { Button } from '../../ui/Button.tsx';
import { useTell } from '../../ui/Toasts.tsx';
import { saveFile } from '../../ui/saveFile.ts';
import styles from './shift.module.css';

const formats = { pdf: 'PDF', csv: 'CSV', json: 'JSON' } as const;
type Format = keyof typeof formats;
type Props = {
  kind: 'shift' | 'week' | 'month';
  id: string;
  /** What is saved, for screen readers: "shift 2026-06-01-1". */ what: string;
};

/** Saves a report in a form for printing, for a spreadsheet or for a program. */
export function ReportDownloads({ kind, id, what }: Props): ReactNode {
  const run = useCommand();
  const tell = useTell();
  const [busy, setBusy] = useState<Format>();
  const save = async (format: Format): Promise<void> => {
    setBusy(format);
    const file = await run('shift.report', { kind, id, format });
    setBusy(undefined);
    if (file === undefined) return;
    for (const warning of file.warnings) tell(warning);
    saveFile(file.name, file.mediaType, file.base64);
  };
  return (
    <div className={styles['downloads']}>
      {(Object.keys(formats) as Format[]).map((format) => (
        <Button
          key={format}
          tone="quiet"
          isDisabled={busy !== undefined}
          aria-label={`Save ${what} as ${formats[format]}`}
          onPress={() => void save(format)}
        >
          <Download size={14} aria-hidden /> {busy === format ? 'Making …' : formats[format]}
        </Button>
      ))}
    </div>
  );
}
