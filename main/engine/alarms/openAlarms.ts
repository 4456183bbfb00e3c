import { join } from 'node:path';
import type { Position } from '../../../shared/alarms/positions.ts';
import type { CountyMs } from '../../../shared/base/clock.ts';
import type { Log } from '../base/engine.ts';
import { ActiveAlarms } from './ActiveAlarms.ts';
import type { AlarmCommands } from './AlarmCommands.ts';
import { AlarmFile } from './AlarmFile.ts';
import { AlarmHistory } from './AlarmHistory.ts';
import { AlarmLoads } from './AlarmLoads.ts';
import { AlarmPublisher } from './AlarmPublisher.ts';
import { RaisedLog } from './RaisedLog.ts';

type Sources = {
  dataDir: string;
  retentionMs: number;
  positions: readonly Position[];
  alarmCommands: AlarmCommands;
  nowMs: () => CountyMs;
  log: Log;
};

/** The alarms of an engine: those of the last run, what people did to them, and the files that they are kept in. */
export type Alarms = {
  alarms: ActiveAlarms;
  alarmPublisher: AlarmPublisher;
  raised: RaisedLog;
  history: AlarmHistory;
  loads: AlarmLoads;
  /** Resolves when all that changed is in the files. */
  alarmsSaved: () => Promise<void>;
};

/** Call this when the log is loaded: people's actions decide how the alarms are shown. */
export async function openAlarms({
  dataDir,
  retentionMs,
  positions,
  alarmCommands,
  nowMs,
  log,
}: Sources): Promise<Alarms> {
  const fault =
    (what: string) =>
    (error: unknown): void =>
      log('warn', `${what}: ${String(error)}`);
  const file = new AlarmFile(join(dataDir, 'alarms.json'), fault('The file of alarms'));
  const alarms = new ActiveAlarms(file.load(), nowMs(), { actions: alarmCommands.actions, positions });
  alarmCommands.attach(alarms);
  const raised = await RaisedLog.open(join(dataDir, 'alarm-times.txt'), {
    fromMs: nowMs() - retentionMs,
    nowMs: nowMs(),
    onFault: fault('The times of alarms could not be kept'),
  });
  const history = new AlarmHistory(new AlarmFile(join(dataDir, 'alarm-history.json'), fault('The history of alarms')));
  const alarmPublisher = new AlarmPublisher(alarms);
  alarmPublisher.onChange(() => {
    raised.note(alarms.takeRaised());
    history.note(alarms.takeLapsed());
    file.save(() => alarms.all());
  });
  alarmCommands.onAlarms(() => alarmPublisher.publishSoon());
  return {
    alarms,
    alarmPublisher,
    raised,
    history,
    loads: new AlarmLoads({ book: alarms, raised, positions }),
    async alarmsSaved() {
      await raised.settled();
      await history.settled();
      await file.settled();
    },
  };
}
