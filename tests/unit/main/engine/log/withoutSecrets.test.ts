import { expect, it } from 'vitest';
import { secretFields, withoutSecrets } from '../../../../../main/engine/log/withoutSecrets.ts';
import { recordEventSchema } from '../../../../../shared/record/recordEvent.ts';
import { entriesOf } from '../../../../support/logEntries.ts';

/** Fields whose names look like secrets and that are none. */
const harmless = ['keyId', 'publicKey', 'tokenId', 'reportHash', 'planHash', 'measureHash', 'baselineHash', 'hash'];

it('leaves no field of any event that looks like a secret and is not said to be harmless', () => {
  const suspicious = recordEventSchema.options
    .flatMap(({ shape }) => Object.keys(shape))
    .filter((name) => /secret|verifier|hash|key|token|wrapped|password/i.test(name));
  const left = suspicious.filter((name) => !harmless.includes(name) && !secretFields.has(name));
  expect([...new Set(left)]).toEqual([]);
});

it('removes verifiers, hashes of secrets and wrapped keys, and keeps all else', () => {
  const issued = {
    kind: 'token.issued',
    tokenId: 't',
    label: 'Wall',
    role: 'viewer',
    secretHash: 'a'.repeat(64),
  } as const;
  expect(withoutSecrets(entriesOf([issued])[0]!).event).toEqual({ ...issued, secretHash: 'removed' });
});
