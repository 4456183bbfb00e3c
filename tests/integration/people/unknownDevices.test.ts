import { expect, it, onTestFinished } from 'vitest';
import { openScreen } from '../../support/openScreen.ts';
import { firstAdministrator } from '../../support/signIn.ts';
import { startFaultBench } from '../../support/startFaultBench.ts';
import { eventually } from '../../support/startHost.ts';

type Said = { code: string; message: string; tookMs: number };
type Device = { tryOnce: (name: string) => Promise<Said>; close: () => void };

/** A connection that tries passwords and never gets in. */
async function unknownDevice(url: string, screen: string): Promise<Device> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/contract`);
  const waiting = new Map<number, (said: Omit<Said, 'tookMs'>) => void>();
  let lastId = 0;
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as { type: string; id: number; code: string; message: string };
    if (message.type === 'error') waiting.get(message.id)?.({ code: message.code, message: message.message });
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error('The connection was refused.')));
  });
  return {
    tryOnce: async (name) => {
      const id = ++lastId;
      const startedAtMs = performance.now();
      const answer = new Promise<Omit<Said, 'tookMs'>>((resolve) => waiting.set(id, resolve));
      const input = { name, password: 'a guess of somebody', screen };
      socket.send(JSON.stringify({ type: 'request', id, name: 'people.signIn', input }));
      return { ...(await answer), tookMs: performance.now() - startedAtMs };
    },
    close: () => socket.close(),
  };
}

it('unknown devices that try names without end close the sign-in for nobody', async () => {
  const bench = await startFaultBench();
  const { url } = await bench.start();
  const administrator = await openScreen(url);
  await administrator.seat.leave('signedOut');
  let [isOver, tries] = [false, 0];
  onTestFinished(() => {
    isOver = true;
  });
  const attack = async (of: number): Promise<void> => {
    for (let at = 0; !isOver; at++) {
      const each = await unknownDevice(url, `attacker ${of} ${at}`);
      await each.tryOnce(at % 2 === 0 ? `invented ${of} ${at}` : firstAdministrator.name);
      each.close();
      tries++;
    }
  };
  const attackers = [0, 1, 2, 3].map((of) => attack(of).catch(() => undefined));
  await eventually('Attempts of all four', () => tries >= 16 || undefined);
  const known = await openScreen(url);
  expect(known.connection.get().person).toMatchObject({ name: firstAdministrator.name });
  isOver = true;
  await Promise.all(attackers);
});

it('the time that a refusal takes does not say whether an account has the name', async () => {
  const bench = await startFaultBench();
  const { url } = await bench.start();
  await openScreen(url);
  const [real, invented] = [await unknownDevice(url, 'a'), await unknownDevice(url, 'b')];
  const ofReal = [await real.tryOnce(firstAdministrator.name), await real.tryOnce(firstAdministrator.name)];
  const ofInvented = [await invented.tryOnce('Nobody'), await invented.tryOnce('Nobody')];
  for (const { code, message } of [...ofReal, ...ofInvented])
    expect([code, message]).toEqual(['refused', 'Name or password is wrong.']);
  const least = (said: Said[]): number => Math.min(...said.map(({ tookMs }) => tookMs));
  // Without the work of a check an answer comes within two or three milliseconds; a busy machine only makes it slower.
  expect(least(ofInvented)).toBeGreaterThan(least(ofReal) / 5);
  expect(least(ofReal)).toBeGreaterThan(20);
  real.close();
  invented.close();
});
