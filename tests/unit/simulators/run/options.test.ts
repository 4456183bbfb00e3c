import { describe, expect, it } from 'vitest';
import { readCommand, UsageError } from '../../../../simulators/run/options.ts';

const read = (...args: string[]): ReturnType<typeof readCommand> =>
  readCommand(args, { BEACON_MQTT_USERNAME: 'county', BEACON_MQTT_PASSWORD: 'secret' });

describe('the command line of the simulator', () => {
  it('takes what is usual where nothing is said', () => {
    expect(read('run', '--broker', 'mqtt://127.0.0.1:1883')).toEqual({
      command: 'run',
      options: {
        broker: 'mqtt://127.0.0.1:1883',
        username: 'county',
        password: 'secret',
        caFile: undefined,
        county: undefined,
        seed: 42,
        scale: 1,
        speed: 1,
        startMs: undefined,
        scenarios: ['demo'],
        historyDays: 3,
        truthFile: undefined,
        ledgerFile: undefined,
      },
    });
  });

  it('takes credentials out of the address', () => {
    expect(read('run', '--broker', 'mqtts://a:b%40c@host')).toMatchObject({
      options: { broker: 'mqtts://host', username: 'a', password: 'b@c' },
    });
  });

  it('knows several scenarios, a start and no history', () => {
    expect(
      read(
        'run',
        '--broker',
        'mqtt://h',
        '--scenario',
        'crash,leaks',
        '--no-history',
        '--start',
        '2026-05-04T13:00:00Z',
        '--speed',
        '20',
      ),
    ).toMatchObject({
      options: { scenarios: ['crash', 'leaks'], historyDays: 0, startMs: Date.UTC(2026, 4, 4, 13), speed: 20 },
    });
  });

  it.each([
    [['dance'], 'not a command'],
    [['run'], '--broker'],
    [['run', '--broker', 'http://h'], 'mqtt://'],
    [['run', '--broker', 'mqtt://h', '--scenario', 'flood'], 'no scenario "flood"'],
    [['run', '--broker', 'mqtt://h', '--speed', '0'], '--speed'],
    [['run', '--broker', 'mqtt://h', '--seed', '1.5'], '--seed'],
    [['run', '--broker', 'mqtt://h', '--start', 'soon'], '--start'],
    [['run', '--broker', 'mqtt://h', '--colour'], '--colour'],
    [['generate'], '--out'],
    [['generate', '--out', 'x', '--scale', 'big'], '--scale'],
  ])('refuses %j in a sentence', (args, part) => {
    const refusal = (): unknown => read(...args);
    expect(refusal).toThrow(UsageError);
    expect(refusal).toThrow(part);
  });
});
