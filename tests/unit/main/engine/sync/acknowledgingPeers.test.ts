import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openAcknowledgingPeers } from '../../../../../main/engine/sync/acknowledgingPeers.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

it('remembers over a restart, and begins anew where its file cannot be read', () => {
  const folder = temporaryFolder();
  openAcknowledgingPeers(folder).add('ws-1');
  openAcknowledgingPeers(folder).add('ws-2');
  const again = openAcknowledgingPeers(folder);
  expect([again.has('ws-1'), again.has('ws-2'), again.has('ws-3')]).toEqual([true, true, false]);
  writeFileSync(join(folder, 'acknowledging-peers.json'), '["ws-1');
  expect(openAcknowledgingPeers(folder).has('ws-1')).toBe(false);
});
