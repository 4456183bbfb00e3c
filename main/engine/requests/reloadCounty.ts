import type { ReloadOutcome } from '../../../shared/contract/deskRequests.ts';
import type { County } from '../../../shared/county/county.ts';
import { RequestError } from '../base/RequestError.ts';
import { describeChanges } from '../registry/describeChanges.ts';
import type { RestartRequest } from '../base/RestartRequest.ts';
import { readInThread } from '../registry/gtfs/TimetableWatch.ts';
import { readCounty, refusalOf } from '../registry/loadCounty.ts';

type Reload = {
  county: County;
  countyDir: string;
  wallMs: number;
  /** See `readInThread`. */
  timetableWorkerPath: string;
  restart: RestartRequest;
};

/**
 * Takes the county's files as they are now: the engine starts again within the same process, which takes seconds and
 * loses no message of QoS 1. Does nothing where nothing changed. Rejects with a RequestError where the files cannot be
 * used; then everything stays as it is.
 */
export async function reloadCounty({ county, countyDir, wallMs, restart, ...paths }: Reload): Promise<ReloadOutcome> {
  const { county: found, faults } = await readCounty(countyDir, wallMs, (dir, timeZone) =>
    readInThread(paths.timetableWorkerPath, dir, timeZone),
  );
  if (found === undefined)
    throw new RequestError('refused', `Nothing was changed. ${refusalOf(countyDir, faults).message}`);
  if (found.profile.id !== county.profile.id)
    throw new RequestError(
      'refused',
      `Nothing was changed: the files are of the county ${found.profile.id}, and this data folder belongs to ${county.profile.id}.`,
    );
  const changes = describeChanges(county, found);
  if (changes.length > 0) restart.makeAfterAnswer();
  return { changes, leftOut: faults.filter(({ level }) => level === 'leftOut').length };
}
