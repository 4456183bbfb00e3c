import { join } from 'node:path';
import type { Position } from '../../../shared/alarms/positions.ts';
import type { Log } from '../base/engine.ts';
import { AlarmBook } from './AlarmBook.ts';
import type { AlarmDesk } from './AlarmDesk.ts';
import { AlarmFile } from './AlarmFile.ts';
import { LoadBook } from './LoadBook.ts';
import { RaisedLog } from './RaisedLog.ts';

type Sources = {
  dataDir: string;
  retentionMs: number;
  positions: readonly Position[];
  alarmDesk: AlarmDesk;
  nowMs: () => number;
  log: Log;
};

/** The alarms of an engine: those of the last run, what people did to them, and the files that they are kept in. */
export type Alarms = { alarms: AlarmBook; alarmFile: AlarmFile; raised: RaisedLog; loads: LoadBook };

/** To be called when the log is loaded: what people did decides what is seen of the alarms. */
export async function openAlarms({ dataDir, retentionMs, positions, alarmDesk, nowMs, log }: Sources): Promise<Alarms> {
  const fault =
    (what: string) =>
    (error: unknown): void =>
      log('warn', `${what}: ${String(error)}`);
  const alarmFile = new AlarmFile(join(dataDir, 'alarms.json'), fault('The alarms could not be saved'));
  const alarms = new AlarmBook(alarmFile.load(), nowMs(), { deeds: alarmDesk.deeds, positions });
  alarmDesk.attach(alarms);
  const raised = await RaisedLog.open(join(dataDir, 'alarm-times.txt'), {
    fromMs: nowMs() - retentionMs,
    nowMs: nowMs(),
    onFault: fault('The times of alarms could not be kept'),
  });
  return { alarms, alarmFile, raised, loads: new LoadBook({ book: alarms, raised, positions }) };
}
