import type { Replication } from '../sync/Replication.ts';
import type { Handlers } from '../base/Handlers.ts';
import type { PeopleService } from '../people/PeopleService.ts';
import { RequestError } from '../base/RequestError.ts';
import type { ReportService } from '../reports/ReportService.ts';
import type { ShiftCommands } from '../shifts/ShiftCommands.ts';

const mediaTypes = { pdf: 'application/pdf', csv: 'text/csv', json: 'application/json' } as const;

/** Answers requests about shifts, their handover and their reports. */
export function shiftHandlers({
  shifts,
  reports,
  sharedLog,
  people,
}: {
  people: Pick<PeopleService, 'accounts'>;
  shifts: ShiftCommands;
  reports: ReportService;
  sharedLog: { replication: Pick<Replication, 'fetchFile'> };
}): Pick<Handlers, Extract<keyof Handlers, `shift.${string}`>> {
  return {
    'shift.current': () => ({ shifts: shifts.newest() }),
    'shift.open': async (_input, person) => ({ shiftId: await shifts.open(person) }),
    'shift.close': async ({ shiftId }, person) => {
      await shifts.close(person, shiftId);
      return {};
    },
    'shift.comment': async ({ shiftId, text }, person) => {
      await shifts.comment(person, shiftId, text);
      return {};
    },
    'shift.sign': async ({ shiftId, password }, person) => {
      await people.accounts.confirm(person, password);
      await shifts.sign(person, shiftId);
      return {};
    },
    'shift.takeOver': async ({ shiftId }, person) => ({ shiftId: await shifts.takeOver(person, shiftId) }),
    'shift.report': async ({ kind, id, format, paper }) => {
      const signed = kind === 'shift' ? shifts.find(id)?.signed : undefined;
      // Where the signed report cannot be fetched, the report itself says that it is not the signed one.
      if (signed !== undefined) await sharedLog.replication.fetchFile(signed.reportHash).catch(() => undefined);
      const written = await reports.write({ kind, id, format, paper });
      if (written === undefined)
        throw new RequestError(
          'notFound',
          kind === 'shift' ? 'There is no such shift.' : 'There is no signed shift report of that time.',
        );
      const { name, bytes, warnings } = written;
      return { name, warnings, mediaType: mediaTypes[format], base64: Buffer.from(bytes).toString('base64') };
    },
  };
}
