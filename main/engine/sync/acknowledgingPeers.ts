import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AcknowledgingPeers } from './Liveness.ts';

const fileSchema = z.array(z.string().max(60)).max(1000);

/**
 * Opens the list of workstations that acknowledge beats, which is kept in the data folder. So recordings of an earlier
 * version of Beacon, which did not acknowledge, are recognised as such also after a restart.
 */
export function openAcknowledgingPeers(dataDir: string): AcknowledgingPeers {
  const file = join(dataDir, 'acknowledging-peers.json');
  const known = new Set(readPeers(file));
  return {
    has: (workstationId) => known.has(workstationId),
    add(workstationId) {
      known.add(workstationId);
      writeFileSync(`${file}.new`, JSON.stringify([...known]));
      renameSync(`${file}.new`, file);
    },
  };
}

/** Reads the list. A file that cannot be read is written again: each peer repeats its part with its next beat. */
function readPeers(file: string): string[] {
  if (!existsSync(file)) return [];
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}
