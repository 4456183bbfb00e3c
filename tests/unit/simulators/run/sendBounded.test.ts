import { describe, expect, it } from 'vitest';
import { sendBounded } from '../../../../simulators/run/sendBounded.ts';

describe('bounded sending', () => {
  it('never has more under way than allowed, and sends all', async () => {
    let [underWay, most] = [0, 0];
    const send = async (): Promise<void> => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 1));
      underWay--;
    };
    expect(
      await sendBounded(
        Array.from({ length: 100 }, (_, i) => i),
        send,
        7,
        () => false,
      ),
    ).toBe(100);
    expect([most, underWay]).toEqual([7, 0]);
  });

  it('ends when told', async () => {
    let sent = 0;
    const send = (): Promise<void> => {
      sent++;
      return Promise.resolve();
    };
    await sendBounded([1, 2, 3, 4], send, 1, () => sent >= 2);
    expect(sent).toBe(2);
  });
});
