import { importCounty } from '../../../main/import/importCounty.ts';

// A process of its own, because the peak of memory is that of a whole process.
const [osm = '', dir = ''] = process.argv.slice(2);
const began = performance.now();
importCounty({ task: 'import', osm, dir }, () => undefined);
const seconds = (performance.now() - began) / 1000;
// The unit of maxRSS is kilobytes on every platform.
process.stdout.write(JSON.stringify({ seconds, peakMb: process.resourceUsage().maxRSS / 1000 }));
