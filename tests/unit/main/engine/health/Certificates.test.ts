import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { expect, it } from 'vitest';
import { Certificates } from '../../../../../main/engine/health/Certificates.ts';
import { gradeOf } from '../../../../../shared/alarms/alarmRules.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const NOW_MS = Date.UTC(2026, 10, 23);
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const certificateUntil = async (endsMs: number): Promise<string> =>
  (
    await generate([{ name: 'commonName', value: 'beacon.example.org' }], {
      notBeforeDate: new Date(endsMs - 365 * DAY_MS),
      notAfterDate: new Date(endsMs),
    })
  ).cert;

it('names a certificate that ends within 30 days, and raises an alarm that becomes more urgent when it has ended', () => {
  const ending = (endsMs: number | undefined) =>
    new Certificates({ brokerEndsMs: () => endsMs, files: {}, wallMs: () => NOW_MS });
  expect(ending(undefined).conditions()).toEqual([]);
  expect(ending(NOW_MS + 31 * DAY_MS).warnings()).toEqual([]);
  expect(ending(NOW_MS + 9 * DAY_MS).warnings()).toEqual([
    'The certificate of the broker ends on 2026-12-02. Have it renewed, or the connection will be lost.',
  ]);
  const priorities = [9, -1].map((days) => ending(NOW_MS + days * DAY_MS).conditions()[0]?.priority);
  expect(priorities).toEqual([4, 3]);
  for (const priority of [3, 4] as const) expect(gradeOf('maintenance.certificate', priority)).toBeDefined();
});

it("reads the workstation's own certificate again after a renewal", async () => {
  const file = join(temporaryFolder(), 'cert.pem');
  let nowMs = NOW_MS;
  const certificates = new Certificates({
    brokerEndsMs: () => undefined,
    files: { 'web address': file },
    wallMs: () => nowMs,
  });
  writeFileSync(file, await certificateUntil(NOW_MS + 5 * DAY_MS));
  expect(certificates.conditions()).toMatchObject([
    { rule: 'maintenance.certificate', title: 'The certificate of the web address ends soon' },
  ]);
  writeFileSync(file, await certificateUntil(NOW_MS + 90 * DAY_MS));
  nowMs += 2 * HOUR_MS;
  expect(certificates.conditions()).toEqual([]);
  expect(certificates.ends()).toEqual({ 'web address': NOW_MS + 90 * DAY_MS });
});
