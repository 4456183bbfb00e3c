import { readFileSync } from 'node:fs';

const TICKS_A_SECOND = 100;

/**
 * Processor time that all threads of a process have used, in seconds; NaN if the system does not report it in /proc.
 */
export function cpuSeconds(pid: number): number {
  try {
    // The name, in brackets, may hold anything; the fields after it are numbers.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    return Number.NaN;
  }
}
