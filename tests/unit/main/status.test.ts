import { expect, it } from 'vitest';
import type { Health } from '../../../main/engine/base/engine.ts';
import { describeStatus } from '../../../main/status.ts';

const NOW_S = Date.UTC(2026, 10, 23, 12) / 1000;
const metrics = [
  '# HELP beacon_info Always 1; the version is the label.',
  'beacon_info{version="0.1.0"} 1',
  'beacon_queue_rows 7',
  'beacon_disk_free_bytes 12400000000',
  'beacon_cache_bytes 1200000000',
  'beacon_cache_bound_bytes 4000000000',
  'beacon_certificate_end_timestamp_seconds{of="web address"} 1798761600',
  `beacon_last_backup_timestamp_seconds ${String(NOW_S - 5 * 3600)}`,
  `process_start_time_seconds ${String(NOW_S - 3 * 3600)}`,
  '',
].join('\n');
const well: Health = { ok: true, broker: 'connected', store: 'ok', nowMs: NOW_S * 1000 };
const at = (health: Health) => describeStatus('http://127.0.0.1:4680', health, metrics, NOW_S);

it('describes an engine that is well', () => {
  expect(at(well)).toEqual({
    grade: 'ok',
    lines: [
      'OK: Beacon 0.1.0 at http://127.0.0.1:4680, up for 3 h 00 min',
      'Broker: connected',
      'Store: ok; 7 rows wait to be stored',
      'Disk: 12.4 GB free; cache 1.2 GB of 4.0 GB',
      'Last backup: 5 h 00 min ago',
      'Certificate of the web address: until 2027-01-01',
    ],
  });
});

it('warns of what an administrator should look at, and is critical where no data is taken', () => {
  const warned = at({ ...well, awaitedFeeds: ['hfp'], warnings: ['The webhook "chat" crosses the network.'] });
  expect(warned.grade).toBe('warning');
  expect(warned.lines).toContain('Feed hfp was never heard.');
  expect(warned.lines).toContain('The webhook "chat" crosses the network.');
  const lost = at({ ...well, ok: false, broker: 'lost', reason: 'The broker does not answer.' });
  expect(lost.grade).toBe('critical');
  expect(lost.lines[1]).toBe('Broker: lost. The broker does not answer.');
});
