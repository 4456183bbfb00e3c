// @ts-check
// Loaded into the engine before its own code: measures the delay of its event loop between two signals, because what
// the engine reports by itself is about all of its time and contains its start.
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 5;
const file = process.env['BEACON_LOOP_PROBE'] ?? '';
const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
loop.enable();
let isMeasuring = false;
process.on('SIGUSR2', () => {
  // The monitor counts the interval of its own timer as delay.
  if (isMeasuring) writeFileSync(`${file}.${String(process.pid)}`, String(loop.percentile(99) / 1e6 - RESOLUTION_MS));
  loop.reset();
  isMeasuring = !isMeasuring;
});
