import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const rectangle = z.object({ x: z.int(), y: z.int(), width: z.int().min(200), height: z.int().min(200) });
const windowState = z.object({ bounds: rectangle, isMaximized: z.boolean() });

/** The bounds are those of the window when it is not maximised. */
export type WindowState = z.infer<typeof windowState>;

/**
 * Loads the state that was saved last; undefined at the first start and where the file is damaged, because a lost
 * window position is no reason not to start.
 */
export function loadWindowState(path: string): WindowState | undefined {
  try {
    return windowState.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

export function saveWindowState(path: string, state: WindowState): void {
  writeFileSync(`${path}.new`, JSON.stringify(state));
  renameSync(`${path}.new`, path);
}
