import { parentPort, workerData } from 'node:worker_threads';
import { readGtfsParts } from './readGtfs.ts';
import { toPieces } from './timetablePieces.ts';

const { dir, timeZone } = workerData as { dir: string; timeZone: string };

for (const piece of toPieces(await readGtfsParts(dir, timeZone))) parentPort?.postMessage(piece);
