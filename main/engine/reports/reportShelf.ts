import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { shiftReportSchema } from '../../../shared/shifts/shiftReport.ts';
import type { ShiftReport } from '../../../shared/shifts/shiftReport.ts';
import type { FileShelf } from '../base/FileShelf.ts';
import { isFileThere, keepHashedFile, readPiece } from '../base/hashedFiles.ts';
import { canonicalJson } from '../store/record/recordHash.ts';

const fileOf = (dataDir: string, hash: string): string => join(dataDir, 'reports', `${hash}.json`);

/** SHA-256, hexadecimal, over the canonical JSON of a report. */
export const hashOfReport = (report: ShiftReport): string =>
  createHash('sha256').update(canonicalJson(report)).digest('hex');

/**
 * Keeps a report under its hash, flushed to the disk before it returns: what is signed must be on disk. Throws where it
 * cannot be written.
 */
export function keepReport(dataDir: string, report: ShiftReport): string {
  const hash = hashOfReport(report);
  const file = fileOf(dataDir, hash);
  if (existsSync(file)) return hash;
  mkdirSync(join(dataDir, 'reports'), { recursive: true });
  const handle = openSync(`${file}.new`, 'w');
  try {
    writeSync(handle, canonicalJson(report));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(`${file}.new`, file);
  return hash;
}

/** The report of a hash, or undefined where it is not kept here or has been changed. */
export function findReport(dataDir: string, hash: string): ShiftReport | undefined {
  if (!/^[0-9a-f]{64}$/.test(hash) || !existsSync(fileOf(dataDir, hash))) return undefined;
  try {
    const report = shiftReportSchema.parse(JSON.parse(readFileSync(fileOf(dataDir, hash), 'utf8')));
    return hashOfReport(report) === hash ? report : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The reports that were signed at any workstation; the file is the text whose hash was signed. Whether it is a report
 * is checked on reading (`findReport`).
 */
export const reportShelf = (dataDir: string): FileShelf => ({
  has: (hash) => isFileThere(fileOf(dataDir, hash)),
  piece: (hash, offset) => readPiece(fileOf(dataDir, hash), offset),
  keep: async (hash, content) => {
    await keepHashedFile(fileOf(dataDir, hash), content);
    return true;
  },
});
