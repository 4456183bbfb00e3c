import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AlarmFile } from '../../../../../main/engine/alarms/AlarmFile.ts';
import { AlarmHistory } from '../../../../../main/engine/alarms/AlarmHistory.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';
import { AlarmRoom, at, burst } from './AlarmRoom.ts';

const open = (path: string): AlarmHistory =>
  new AlarmHistory(new AlarmFile(path, (error) => expect.unreachable(String(error))));

describe('the history of alarms', () => {
  it('keeps a bounded number of the newest over a restart, newest first', async () => {
    const room = new AlarmRoom();
    room.run([burst], 0, 5);
    const alarm = room.only();
    const path = join(temporaryFolder(), 'alarm-history.json');
    const history = open(path);
    for (let index = 0; index < 600; index++) history.note([{ ...alarm, id: `A${index}`, returnedAtMs: at(index) }]);
    await history.settled();
    const again = open(path).all();
    expect(again).toEqual(history.all());
    expect(again).toHaveLength(500);
    expect(again[0]?.id).toBe('A599');
  });
});
