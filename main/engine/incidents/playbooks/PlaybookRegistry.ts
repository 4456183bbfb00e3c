import { mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { incidentTypeSchema } from '../../../../shared/incidents/incident.ts';
import type { IncidentType } from '../../../../shared/incidents/incident.ts';
import type { Playbook } from '../../../../shared/incidents/playbook.ts';
import type { PlaybookFault, PlaybookState } from '../../../../shared/incidents/playbookState.ts';
import { parsePlaybook } from './parsePlaybook.ts';
import { shippedPlaybooks } from './shippedPlaybooks.ts';

/** Where playbooks come from, best first: the first file that exists and can be read is in use. */
const origins = ['edited', 'county'] as const;
type Origin = (typeof origins)[number];
type Folders = Record<Origin, string> & { good: string };
/** A file as it was last read. `good`: the newest playbook that could be read from it. */
type Entry = {
  file: string;
  stamp: string;
  text: string;
  changedAtMs: number;
  faults: PlaybookFault[];
  good: Playbook | undefined;
};

const types = incidentTypeSchema.options;
const typeOf = (file: string): IncidentType | undefined =>
  types.find((type) => [`${type}.yaml`, `${type}.yml`, `${type}.json`].includes(file));

function shipped(type: IncidentType): Playbook {
  const parsed = parsePlaybook(shippedPlaybooks[type]);
  if ('faults' in parsed)
    throw new Error(`The playbook ${type} that Beacon comes with cannot be read: ${parsed.faults[0]?.reason ?? ''}`);
  return parsed.playbook;
}

/** Writes the whole file or nothing: a reader never sees half a file. */
async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.new`), text);
  await rename(join(folder, `${name}.new`), join(folder, name));
}

/**
 * The playbooks in use: one that was edited here comes before one of the county, and that before the one that Beacon
 * comes with. Files are looked at again with each `refresh`, so an edit on disk is noticed. A file with an error stops
 * nothing: what could last be read from it stays in use, also after a restart.
 */
export class PlaybookRegistry {
  readonly #folders: Folders;
  readonly #entries = new Map<string, Entry>();
  readonly #shipped = new Map(types.map((type) => [type, shipped(type)]));
  #strays: string[] = [];

  private constructor(folders: Folders) {
    this.#folders = folders;
  }

  static async open({ dataDir, countyDir }: { dataDir: string; countyDir: string }): Promise<PlaybookRegistry> {
    const edited = join(dataDir, 'playbooks');
    const book = new PlaybookRegistry({ edited, county: join(countyDir, 'playbooks'), good: join(edited, '.good') });
    await book.refresh();
    return book;
  }

  /** The playbook to work by. */
  of(type: IncidentType): Playbook {
    return this.#inUse(type).playbook;
  }

  list(): PlaybookState[] {
    return types.map((type) => {
      const { origin, playbook } = this.#inUse(type);
      const file = this.#file('edited', type) ?? this.#file('county', type);
      const state = {
        type,
        inUse: playbook,
        origin,
        text: file?.text ?? shippedPlaybooks[type],
        faults: file?.faults ?? [],
      };
      return file === undefined ? state : { ...state, changedAtMs: file.changedAtMs };
    });
  }

  /** Files that are named after no type of incident. */
  strays(): readonly string[] {
    return this.#strays;
  }

  /**
   * Keeps an edit. Where it has faults, nothing is kept and the faults are returned; rejects where the file cannot be
   * written.
   */
  async save(type: IncidentType, text: string): Promise<PlaybookFault[]> {
    const parsed = parsePlaybook(text);
    if ('faults' in parsed) return parsed.faults;
    await writeWhole(this.#folders.edited, this.#file('edited', type)?.file ?? `${type}.yaml`, text);
    await this.refresh();
    return [];
  }

  /** Looks at the files again. Returns whether anything changed; a missing folder counts as an empty one. */
  async refresh(): Promise<boolean> {
    const found = (await Promise.all(origins.map((origin) => this.#look(origin)))).flat();
    const keys = new Set(found.map(({ key }) => key));
    const removed = [...this.#entries.keys()].filter((key) => !keys.has(key));
    for (const key of removed) this.#entries.delete(key);
    const changed = await Promise.all(found.map((file) => this.#read(file)));
    return removed.length > 0 || changed.includes(true);
  }

  #inUse(type: IncidentType): { origin: PlaybookState['origin']; playbook: Playbook } {
    for (const origin of origins) {
      const playbook = this.#file(origin, type)?.good;
      if (playbook !== undefined) return { origin, playbook };
    }
    return { origin: 'shipped', playbook: this.#shipped.get(type) ?? shipped(type) };
  }

  #file(origin: Origin, type: IncidentType): Entry | undefined {
    return this.#entries.get(`${origin}-${type}`);
  }

  async #look(origin: Origin): Promise<{ key: string; folder: string; file: string }[]> {
    const folder = this.#folders[origin];
    const names = (await readdir(folder).catch(() => [])).filter((name) => /\.(?:yaml|yml|json)$/.test(name));
    this.#strays = [
      ...this.#strays.filter((path) => !path.startsWith(folder)),
      ...names.filter((name) => typeOf(name) === undefined).map((name) => join(folder, name)),
    ];
    return names.flatMap((file) => {
      const type = typeOf(file);
      return type === undefined ? [] : [{ key: `${origin}-${type}`, folder, file }];
    });
  }

  async #read({ key, folder, file }: { key: string; folder: string; file: string }): Promise<boolean> {
    const known = this.#entries.get(key);
    try {
      const { mtimeMs, size } = await stat(join(folder, file));
      const stamp = `${mtimeMs}:${size}`;
      if (known?.stamp === stamp && known.file === file) return false;
      const text = await readFile(join(folder, file), 'utf8');
      const parsed = parsePlaybook(text);
      const isGood = 'playbook' in parsed;
      const good = isGood ? parsed.playbook : (known?.good ?? (await this.#lastGood(key)));
      this.#entries.set(key, { file, stamp, text, changedAtMs: mtimeMs, faults: isGood ? [] : parsed.faults, good });
      // This copy is a convenience: where it cannot be written, a restart with a broken file falls back one step
      // further.
      if (isGood) await writeWhole(this.#folders.good, `${key}.yaml`, text).catch(() => undefined);
      return true;
    } catch {
      // The file went away, or cannot be read now: what is known stays.
      return false;
    }
  }

  async #lastGood(key: string): Promise<Playbook | undefined> {
    const text = await readFile(join(this.#folders.good, `${key}.yaml`), 'utf8').catch(() => undefined);
    const parsed = text === undefined ? undefined : parsePlaybook(text);
    return parsed !== undefined && 'playbook' in parsed ? parsed.playbook : undefined;
  }
}
