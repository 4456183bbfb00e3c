import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PacketGuard } from '../../../../main/broker/PacketGuard.ts';

/** A packet with so many bytes behind its length. */
function packet(length: number): Buffer {
  const head = [0x30];
  let rest = length;
  do {
    head.push((rest % 128) + (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.concat([Buffer.from(head), Buffer.alloc(length, 0xff)]);
}

it('knows the length of every packet, however the bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1 }),
      (lengths, cuts) => {
        const guard = new PacketGuard();
        const bytes = Buffer.concat(lengths.map(packet));
        let most = 0;
        for (let at = 0, cut = 0; at < bytes.length; cut++) {
          const end = at + (cuts[cut % cuts.length] ?? 1);
          most = Math.max(most, guard.push(bytes.subarray(at, end)));
          at = end;
        }
        expect(most).toBe(Math.max(...lengths));
      },
    ),
  );
});

it('knows of a large packet from its first bytes', () => {
  expect(new PacketGuard().push(packet(200_000_000 >> 4).subarray(0, 6))).toBe(200_000_000 >> 4);
  expect(new PacketGuard().push(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]))).toBe(268_435_455);
});
