import { expect, it } from 'vitest';
import { childEnv } from '../../../main/Keeper.ts';

const env = {
  PATH: '/usr/bin',
  BEACON_MQTT_USERNAME: 'beacon',
  BEACON_MQTT_PASSWORD: 'of the broker',
  BEACON_BACKUP_PASSPHRASE: 'of the backups',
};

it.each(['portal', 'broker'] as const)('gives the %s no secret of the environment', (entry) => {
  expect(childEnv(entry, env)).toEqual({ PATH: '/usr/bin' });
});

it('gives the simulated county the credentials of the broker, and not the passphrase', () => {
  expect(childEnv('simulator', env)).toEqual({
    PATH: '/usr/bin',
    BEACON_MQTT_USERNAME: 'beacon',
    BEACON_MQTT_PASSWORD: 'of the broker',
  });
});

it('knows a secret in whatever letters its name was written, which on Windows are all the same', () => {
  expect(childEnv('portal', { Beacon_Backup_Passphrase: 'of the backups' })).toEqual({});
});
