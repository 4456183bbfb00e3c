import type { Progress } from './importCounty.ts';

type Output = { isTTY?: boolean; write: (text: string) => unknown };

const WIDTH = 24;
/** A bar that moves more often than this cannot be read. */
const STEP = 0.01;

/**
 * Draws how far each step of some work is. On a terminal the bar moves in its line; into a file it is written once per
 * step, when that is done.
 */
export function progressBar(output: Output): Progress {
  let last = { what: '', share: -1 };
  return (what, share) => {
    if (what === last.what && share < 1 && share - last.share < STEP) return;
    if (what === last.what && last.share >= 1) return;
    last = { what, share };
    const isDone = share >= 1;
    if (output.isTTY !== true && !isDone) return;
    const done = Math.round(WIDTH * share);
    const bar = `[${'#'.repeat(done)}${'-'.repeat(WIDTH - done)}] ${String(Math.round(share * 100)).padStart(3)} % ${what}`;
    output.write(`${output.isTTY === true ? '\r\u001B[K' : ''}${bar}${isDone ? '\n' : ''}`);
  };
}
