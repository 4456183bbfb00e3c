import { readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import { createTransitDomain } from '../../../../../../main/engine/domains/transit/createTransitDomain.ts';
import { gtfsRealtime } from '../../../../../../main/engine/ingest/feeds/gtfsRealtime.ts';
import { beaconVehicles } from '../../../../../../main/engine/ingest/feeds/beaconVehicles.ts';
import { createRegistry } from '../../../../../../main/engine/registry/createRegistry.ts';
import { readGtfs } from '../../../../../../main/engine/registry/gtfs/readGtfs.ts';
import { realData } from '../../../../../support/realData.ts';
import { smallCounty } from '../../../../../support/smallCounty.ts';
import { transitCase } from '../../../../../support/transitCases.ts';
import { frameOf } from '../../../../../support/frameOf.ts';
import { streamOf } from '../../../../../support/streamOf.ts';
import { stepper } from '../../ingest/feeds/stepper.ts';
for (const name of readdirSync(realData('transit-cases'))) {
  it(name, async () => {
    const { timetable, faults } = await readGtfs(realData('transit-cases', name), 'America/Chicago');
    console.log(name, JSON.stringify(faults), timetable?.trips.size, timetable?.lastDay);
    if (!existsSync(join(realData('transit-cases', name), 'messages.txt'))) return;
    const county = smallCounty({ timetable });
    const registry = createRegistry(county);
    const domain = createTransitDomain(county);
    const rt = stepper(gtfsRealtime, registry); 
    const bvState = { s: beaconVehicles.initialState() };
    let last = 0;
    const show = (ms: number) => {
      const cond = domain.judge(ms).filter((c) => !c.isInDeadband);
      const f = frameOf(domain, 'vehicles', ms);
      const r = streamOf(domain, 'vehicles')?.message.rows ?? [];
      console.log(new Date(ms).toISOString(), [...f.index].map((i, k) => `${r.find((x) => x.index === i)?.id}: ${f.delayS[k]?.toFixed(0)} q${f.quality[k]} fl${f.flags[k]} hd${f.headingDeg[k]} sp${f.speedMps[k]}`).join(' | '), '::', cond.map((c) => `${c.rule} ${c.title}`).join('; '), JSON.stringify(domain.figures(ms).map((x) => [x.id, x.value, x.typical])));
    };
    for (const m of transitCase(name)) {
      if (m.topic === undefined) { if (last > 0) show(m.clockMs - 1); last = m.clockMs; continue; }
      const vs = m.topic.startsWith('beacon/')
        ? (() => { const p = beaconVehicles.placeOf?.(m.topic!, registry); const res = beaconVehicles.step(bvState.s as never, m.topic!, m.payload!, m.clockMs, registry, p as never); return 'values' in res ? res.values : []; })()
        : rt(m.topic, m.payload, m.clockMs).values;
      for (const v of vs) domain.apply(v, m.clockMs);
      last = m.clockMs;
    }
    show(last + 1);
    const rows = streamOf(domain, 'vehicles')?.message.rows ?? [];
    for (const r of rows.slice(0, 3)) console.log(JSON.stringify(domain.detail({ kind: 'vehicle', id: r.id }, last + 1)?.facts.map((x) => [x.label, x.text, x.note])));
    console.log(JSON.stringify(domain.detail({ kind: 'route', id: '1' }, last + 1)?.facts.map((x) => [x.label, x.text])));
  });
}
