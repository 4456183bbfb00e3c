import { describe, expect, it } from 'vitest';
import type { MeterScene } from '../../../../../support/MeterScene.ts';
import { play, ways } from '../../../../../support/playMeterCase.ts';
import { hasRealData } from '../../../../../support/realData.ts';

const titles = (scene: MeterScene): string[] => scene.judge().map(({ rule, title }) => `${rule}: ${title}`);
const electric = (scene: MeterScene): string[] => [...scene.found].filter((rule) => rule.startsWith('electricity.'));

describe.skipIf(!hasRealData('meter-cases')).each(ways)('facts as public reports describe them, %s', (_, isLive) => {
  it('B01: a burst that the meter reports is an alarm at this customer', async () => {
    const scene = await play('B01-burst-event', isLive);
    expect(scene.judge()).toMatchObject([
      { rule: 'water.continuousFlow', evidence: [{ label: 'Customers', text: 'W4' }, {}] },
    ]);
  });

  it('B02: each word that needs a technician is an item of work', async () => {
    const scene = await play('B02-maintenance-words', isLive);
    expect(scene.work()).toEqual({
      'wmbus:60000011': 'The battery is nearly empty',
      'wmbus:60000012': 'A permanent error, or a broken part of the meter',
      'wmbus:60000013': 'No water in the pipe',
      'wmbus:60000014': 'The meter does not turn',
      'wmbus:60000015': 'The clock of the meter is wrong',
    });
  });

  it('B04: tamper counters that stand above zero are no tamper', async () => {
    const scene = await play('B04-ert-tamper-counters', isLive);
    expect([scene.work(), [...scene.found]]).toEqual([{}, []]);
  });

  it('B06: a home on one of three phases has power', async () => {
    const scene = await play('B06-single-phase-zero', isLive);
    expect(electric(scene)).toEqual([]);
    expect(scene.usable('wmbus:70000001', 'voltageV')).toEqual([234.1, 234.1]);
    expect(scene.facts('meter', 'wmbus:70000001')).toContain('State: normal');
  });

  it('B08: 244 V are within EN 50160', async () => {
    expect(electric(await play('B08-en50160', isLive))).toEqual([]);
  });

  it('E03: a feeder that exports is not out', async () => {
    expect(electric(await play('E03-feeder-exports', isLive))).toEqual([]);
  });
});

describe.skipIf(!hasRealData('meter-cases'))('facts as public reports describe them', () => {
  it('E01: three customers cut off on three days are three single ones', async () => {
    const scene = await play('E01-three-gasps-in-weeks', true);
    expect(titles(scene)).toEqual(['electricity.singleMeters: 3 single customers without power on Feeder FX']);
    expect([...scene.found]).not.toContain('electricity.outage FX');
  });
});
