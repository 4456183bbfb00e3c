import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { alarmSchema } from '../../../shared/alarms/alarm.ts';
import type { Alarm } from '../../../shared/alarms/alarm.ts';

/** The alarms of the last run; none where there is no readable file: alarms are made anew from the data. */
export function loadAlarms(file: string): Alarm[] {
  try {
    return z.array(alarmSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}

/** Whole or not at all: a reader never sees half a file. */
export async function saveAlarms(file: string, alarms: readonly Alarm[]): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(alarms));
  await rename(`${file}.new`, file);
}
