import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../support/makeCounty.ts';
import { smallCounty } from '../support/smallCounty.ts';
import { startEngine } from '../support/startEngine.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { writeCounty } from '../support/writeCounty.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { decoderFuzzer, packetFuzzer, topicGrowth } from './fuzz/fuzzDecoders.ts';
import { fuzzContract } from './fuzz/fuzzContract.ts';
import type { ContractFuzz } from './fuzz/fuzzContract.ts';
import { Mutator } from './fuzz/Mutator.ts';
import { seedMessages } from './fuzz/seedMessages.ts';
import { Tally } from './fuzz/Tally.ts';

/** The share of the inputs that each target gets. */
const SHARES = { decoders: 0.75, packets: 0.1, contract: 0.15 };

async function withEngine(
  measure: (engine: Awaited<ReturnType<typeof startEngine>>) => Promise<ContractFuzz>,
): Promise<ContractFuzz> {
  const folder = mkdtempSync(join(tmpdir(), 'beacon-fuzz-'));
  const broker = await startMosquitto();
  try {
    await writeCounty(join(folder, 'county'), smallCounty());
    const engine = await startEngine({
      brokerUrl: broker.url,
      countyDir: join(folder, 'county'),
      dataDir: join(folder, 'data'),
    });
    return await measure(engine).finally(() => engine.stop());
  } finally {
    await broker.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

const tenths = (value: number): number => Math.round(value * 10) / 10;
const describe = ({ inputs, accepted, refused, faults, slowest }: Tally): string =>
  `${inputs.toLocaleString('en')} inputs: ${accepted.toLocaleString('en')} accepted, ${refused.toLocaleString('en')} refused, ${faults} failed; the slowest took ${tenths(slowest.ms)} ms (${slowest.what})`;

async function run(options: BenchOptions, say: (line: string) => void): Promise<Figures> {
  const [count, seed] = [options.number('count', 1_000_000), options.number('seed', 1)];
  const mutator = new Mutator(seededRandom(seed));
  const seeds = seedMessages();
  say(
    `${count.toLocaleString('en')} random and changed inputs of seed ${seed}, made of ${seeds.length} right messages.`,
  );
  const decoders = new Tally(say);
  const decoderInputs = Math.round(count * SHARES.decoders);
  const decodersMb = await decoders.grow(decoderInputs, decoderFuzzer(mutator, seeds, decoders));
  const bytesAnInput = (decodersMb * 1e6) / (decoderInputs / 2);
  const topicsMb = topicGrowth();
  say(
    `Decoders and domains, ${describe(decoders)}; the heap grew by ${tenths(decodersMb)} MB over the second half, ${tenths(bytesAnInput)} bytes an input; that of a table full of topics by ${tenths(topicsMb)} MB while as many others came.`,
  );
  const packets = new Tally(say);
  const packetsMb = await packets.grow(Math.round(count * SHARES.packets), packetFuzzer(mutator, seeds, packets));
  say(`The line to the broker, ${describe(packets)}; the heap grew by ${tenths(packetsMb)} MB over the second half.`);
  const contract = await withEngine((engine) => fuzzContract(mutator, engine, Math.round(count * SHARES.contract)));
  say(
    `A running engine, ${contract.messages.toLocaleString('en')} messages of a screen and ${contract.connections} connections: ${contract.answered} answered, ${contract.refused} refused with a reason, ${contract.closed} lines closed, the rest ignored; the slowest 500 took ${Math.round(contract.slowestBatchMs)} ms, its resident memory grew by ${tenths(contract.grownMb)} MB over the second half.`,
  );
  const faults = decoders.faults + packets.faults;
  if (faults > 0) say(`${faults} inputs made a decoder fail: see above.`);
  return {
    inputs: decoders.inputs + packets.inputs + contract.messages + contract.connections,
    faults,
    seed,
    accepted: decoders.accepted + packets.accepted + contract.answered,
    refused: decoders.refused + packets.refused + contract.refused,
    slowestMs: tenths(Math.max(decoders.slowest.ms, packets.slowest.ms)),
    heapGrowthMb: tenths(decodersMb + packetsMb),
    bytesAnInput: tenths(bytesAnInput),
    topicGrowthMb: tenths(topicsMb),
    contractSlowestBatchMs: Math.round(contract.slowestBatchMs),
    contractGrowthMb: tenths(contract.grownMb),
  };
}

/** Measures what a hostile or broken sender can do to the engine. */
export const fuzz: Bench = {
  what: 'random and changed inputs into every decoder, the line to the broker and the contract of a running engine',
  options: { count: 'inputs altogether (1000000)', seed: 'of the generator (1)' },
  run,
};
