import { useEffect, useState } from 'react';
import { shiftDocumentSchema } from '../../../shared/shifts/shiftReport.ts';
import type { ShiftDocument } from '../../../shared/shifts/shiftReport.ts';
import { useClient } from '../../client/hooks.ts';
import { bytesOf } from '../../ui/saveFile.ts';

/**
 * The report of a shift that is still open is made again this often; making one costs the engine's processor
 * about one second.
 */
const REFRESH_MS = 60_000;

type Held = { shiftId: string; document?: ShiftDocument; fault?: string };

/**
 * The current report of a shift. It is made again when something is done to the shift (another `version`), and every
 * minute while the shift is open (`isOpen`). Meanwhile the last report stays.
 */
export function useShiftReport(shiftId: string, version: string, isOpen: boolean): Omit<Held, 'shiftId'> {
  const client = useClient();
  const [held, setHeld] = useState<Held>();
  useEffect(() => {
    let isCurrent = true;
    const give = (news: Omit<Held, 'shiftId'>): void => {
      if (isCurrent) setHeld((last) => ({ ...(last?.shiftId === shiftId ? last : {}), shiftId, ...news }));
    };
    const ask = (): void => {
      client.request('shift.report', { kind: 'shift', id: shiftId, format: 'json' }).then(
        ({ base64 }) =>
          give({ document: shiftDocumentSchema.parse(JSON.parse(new TextDecoder().decode(bytesOf(base64)))) }),
        (error: unknown) => give({ fault: error instanceof Error ? error.message : String(error) }),
      );
    };
    ask();
    const timer = isOpen ? window.setInterval(ask, REFRESH_MS) : undefined;
    return () => {
      isCurrent = false;
      window.clearInterval(timer);
    };
  }, [client, shiftId, version, isOpen]);
  return held?.shiftId === shiftId ? held : {};
}
