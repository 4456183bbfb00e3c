import { closeSync, openSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';

/** Real ways in which a file breaks, by name. */
export const damages: Record<string, (file: string) => void> = {
  'cut in half': (file) => truncateSync(file, Math.floor(statSync(file).size / 2)),
  'with its middle overwritten': (file) => {
    const bytes = Buffer.alloc(statSync(file).size / 2, 0xa5);
    const handle = openSync(file, 'r+');
    writeSync(handle, bytes, 0, bytes.length, statSync(file).size / 4);
    closeSync(handle);
  },
  'full of something else': (file) => writeFileSync(file, 'This is not a database. '.repeat(1000)),
  'without its first page': (file) => {
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(4096), 0, 4096, 0);
    closeSync(handle);
  },
};
