import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { PublicLine } from '../../main/engine/portal/PublicLine.ts';
import type { PublicHandlers } from '../../main/engine/portal/PublicLine.ts';
import { EngineClient } from '../../main/portal/EngineClient.ts';
import type { PublicMessage, PublicStream } from '../../shared/public/publicContract.ts';
import { eventually } from './startHost.ts';
import { temporaryFolder } from './temporaryFolder.ts';

/** Both ends of the connection between engine and portal alone. `log` has what the engine's end reports. */
export async function openPublicLine(
  handlers: Partial<PublicHandlers> = {},
  more: Partial<{ [S in PublicStream]: PublicMessage<S> }> = {},
): Promise<{ server: PublicLine; client: EngineClient; log: string[] }> {
  const line = { path: join(temporaryFolder(), 'portal'), secret: 'the secret of this start' };
  const log: string[] = [];
  const server = new PublicLine({
    line,
    handlers: handlers as PublicHandlers,
    snapshot: () => ({
      county: {
        id: 'test',
        name: 'Test',
        timeZone: 'UTC',
        bounds: [0, 0, 1, 1],
        isSimulated: true,
        hasAccounts: false,
        units: 'us',
        version: '0',
      },
      vitals: { nowMs: 0 },
      facts: { facts: [] },
      pages: { pages: [], places: { roads: [], stops: [], zones: [], routes: [] } },
      requests: { isFull: true, changed: [] },
      ...more,
    }),
    monotonicMs: () => performance.now(),
    log: (_level, sentence) => log.push(sentence),
  });
  await server.start();
  const client = new EngineClient(line, () => performance.now());
  client.start();
  onTestFinished(async () => {
    client.stop();
    await server.stop();
  });
  await eventually('The county', () => client.county);
  return { server, client, log };
}
