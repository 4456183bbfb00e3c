import { expect, it } from 'vitest';
import { factsBeside } from '../../../../../renderer/features/detail/factsBeside.ts';

it('says nothing that the alarm says already', () => {
  const words = 'Water comes up between the paving stones.';
  const facts = [
    { label: 'Words', text: words },
    { label: 'Address', text: '12 Mill Road' },
    { label: 'Load', text: '0 kW' },
    { label: 'Inflow', text: '0 kW' },
  ];
  expect(factsBeside({ cause: words, evidence: [{ label: 'Load', text: '0 kW' }] }, facts)).toEqual([
    { label: 'Address', text: '12 Mill Road' },
    { label: 'Inflow', text: '0 kW' },
  ]);
});
