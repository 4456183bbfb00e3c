import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EventLog } from '../../../../../main/engine/log/EventLog.ts';
import { makeWorkstation } from '../../../../../main/engine/log/workstation.ts';
import { RecordFile } from '../../../../../main/engine/store/record/RecordFile.ts';
import type { RecordStore, StoreNotice } from '../../../../../main/engine/store/store.ts';
import { ExchangeEffects } from '../../../../../main/engine/sync/ExchangeEffects.ts';
import { Membership } from '../../../../../main/engine/sync/Membership.ts';
import { RefusedMessages } from '../../../../../main/engine/sync/RefusedMessages.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import { person } from '../../../../support/people.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const NOW = Date.UTC(2026, 10, 23);
const [here, there, relay] = ['ws-here', 'ws-there', 'ws-relay'].map((id) => makeWorkstation(`Desk ${id}`, id)) as [
  ReturnType<typeof makeWorkstation>,
  ReturnType<typeof makeWorkstation>,
  ReturnType<typeof makeWorkstation>,
];

function recordOf(workstation: ReturnType<typeof makeWorkstation>): RecordFile {
  const record = new RecordFile(join(temporaryFolder(), 'record.db'), workstation);
  record.open(NOW);
  return record;
}

it('names a refused entry and who gave it, once, however often it comes', async () => {
  const [own, other] = [recordOf(here), recordOf(there)];
  const store: Partial<RecordStore> = { merge: (entries, keys) => Promise.resolve(own.merge(entries, keys, NOW)) };
  const notices: StoreNotice[] = [];
  const refused = new RefusedMessages();
  const effects = new ExchangeEffects(
    {
      log: new EventLog(store as RecordStore, () => NOW),
      membership: new Membership('desk', [here, there, relay]),
      nowMs: () => NOW,
      monotonicMs: () => 0,
      onNotice: (notice) => notices.push(notice),
      say: () => undefined,
    },
    {
      line: { send: () => undefined },
      refused,
      own: () => 'ws-here.1',
      exchange: () => undefined,
      renew: () => Promise.resolve(),
    },
  );
  const note = (text: string) => ({ atMs: NOW, author: person('Ann'), event: { kind: 'system.noted' as const, text } });
  const [one, two, three] = other.append([note('one'), note('two'), note('three')], NOW).entries as [
    LogEntry,
    LogEntry,
    LogEntry,
  ];
  const entries = [one, { ...two, signature: one.signature }, three];
  for (let round = 0; round < 2; round++) {
    effects.run([{ kind: 'merge', sequence: 'ws-there.1', entries, from: 'ws-relay.1' }]);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(notices.map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /^The entry ws-there\.1:2 .* refused: it does not have the signature of its workstation\. It came from Desk ws-relay\./,
    ),
  ]);
  expect(refused.all()).toMatchObject([{ from: 'ws-there', reason: 'unsigned', count: 2 }]);
  expect(own.heads().heads['ws-there.1']?.seq).toBe(1);
});
