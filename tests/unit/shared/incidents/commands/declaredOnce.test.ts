import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { eventsOf, text } from '../../../../../shared/commands/declare.ts';
import type { RequestInput } from '../../../../../shared/contract/contract.ts';
import { rightsOf } from '../../../../../shared/contract/eventRights.ts';
import { foldIncident } from '../../../../../shared/folds/incidents/foldIncidents.ts';
import { actionsByPhase } from '../../../../../shared/incidents/allowedActions.ts';
import { makeEvent } from '../../../../../shared/incidents/commandEvents.ts';
import { about, incidentCommand, incidentRef } from '../../../../../shared/incidents/commands/incidentCommand.ts';
import type { CommandContext } from '../../../../../shared/incidents/commands/incidentCommand.ts';
import { incidentCommands, plainCommands } from '../../../../../shared/incidents/commands/incidentCommands.ts';
import type { IncidentEvent } from '../../../../../shared/incidents/commands/incidentCommands.ts';
import { readingsOf } from '../../../../../shared/incidents/commands/readings.ts';
import { describeEvent } from '../../../../../shared/record/describeEvent.ts';
import type { RecordEvent } from '../../../../../shared/record/recordEvent.ts';
import { EntryWriter } from '../../../../support/logEntries.ts';
import { person } from '../../../../support/people.ts';

/** All that a developer writes for a new command, but the button. */
const declared = {
  'incident.correctOutcome': incidentCommand({
    needs: 'incident.direct',
    allowedIn: ['resolved'],
    input: z.object({ ...incidentRef, outcome: text(1000), reason: text(1000) }),
    event: z.object({
      kind: z.literal('incident.outcomeCorrected'),
      ...about,
      outcome: z.string(),
      reason: z.string(),
    }),
    toEvent: (input, { incident, refuse }) =>
      incident.outcome === input.outcome ? refuse('Nothing is changed by this.') : input,
    change: (_incident, { event }) => ({ outcome: event.outcome }),
    line: (incident, { event }) => `Outcome "${incident.outcome ?? ''}" corrected: ${event.reason}`,
    claims: (event) => [['end', event.outcome]],
  }),
} as const;
const commands = { ...incidentCommands, ...declared };
const correctOutcome = declared['incident.correctOutcome'];
const input = { incidentId: 'I-1', outcome: 'Towed by the owner', reason: 'The driver rang' };
const corrected = { kind: 'incident.outcomeCorrected', ...input };

describe('a declaration of a command is enough for', () => {
  it('its request in the contract', () => {
    expect(correctOutcome).toMatchObject({ isCommand: true, needs: 'incident.direct' });
    expect(correctOutcome.input.parse({ ...input, reason: ' The driver rang ' })).toEqual(input);
    expect(correctOutcome.input.safeParse({ ...input, reason: ' ' }).success).toBe(false);
    expect(correctOutcome.output.parse({})).toEqual({});
  });

  it('its event in the log, and who may write it', () => {
    const schemas = eventsOf(commands);
    const kinds = schemas.map(({ shape }): string => shape.kind.value);
    expect(kinds.filter((kind) => kind === corrected.kind)).toEqual(['incident.outcomeCorrected']);
    expect(eventsOf(declared)[0]!.safeParse(corrected).success).toBe(true);
    expect(eventsOf(declared)[0]!.safeParse({ ...corrected, outcome: 1 }).success).toBe(false);
    expect(rightsOf(declared, [])).toEqual({ 'incident.outcomeCorrected': { by: ['incident.correctOutcome'] } });
  });

  it('when it is allowed, and what becomes of it', () => {
    const allowed = actionsByPhase(commands);
    expect(Object.entries(allowed).flatMap(([phase, all]) => (all.includes('correctOutcome') ? [phase] : []))).toEqual([
      'resolved',
    ]);
    const context = (outcome: string): CommandContext =>
      ({
        incident: { outcome },
        refuse: (reason) => {
          throw new Error(reason);
        },
      }) as Partial<CommandContext> as CommandContext;
    expect(makeEvent(correctOutcome, input, context('Towed'))).toEqual(corrected);
    expect(() => makeEvent(correctOutcome, input, context(input.outcome))).toThrow('Nothing is changed by this.');
  });

  it('what it changes, the line in the log, and the conflict with one who did not know of it', () => {
    const [here, there] = [new EntryWriter('ws-a'), new EntryWriter('ws-b')];
    const write = (writer: EntryWriter, atMs: number, event: object) =>
      writer.write(atMs, person('Ben'), event as RecordEvent);
    const start = { type: 'crash', priority: 2, title: 'Crash', place: 'Mile 12', alarmIds: [] };
    const entries = [
      write(here, 1000, { kind: 'incident.opened', incidentId: 'I-1', ...start }),
      write(here, 2000, { kind: 'incident.resolved', incidentId: 'I-1', outcome: 'Towed' }),
      write(here, 3000, corrected),
    ];
    const fold = foldIncident('I-1', entries, readingsOf(commands));
    expect(fold).toMatchObject({ outcome: 'Towed by the owner', status: 'resolved', changedAtMs: 3000 });
    expect(fold?.log.at(-1)).toMatchObject({
      kind: 'incident.outcomeCorrected',
      text: 'Outcome "Towed" corrected: The driver rang',
    });
    expect(describeEvent(corrected as unknown as RecordEvent)).toBe('Incident outcome corrected: The driver rang');
    const rival = write(there, 4000, { kind: 'incident.resolved', incidentId: 'I-1', outcome: 'Repaired' });
    const disputed = foldIncident('I-1', [...entries, rival], readingsOf(commands))?.conflicts;
    expect(disputed?.map(({ field, claims }) => [field, claims.map(({ value }) => value)])).toEqual([
      ['end', ['Towed by the owner', 'Repaired']],
    ]);
  });
});

it('names a command nowhere but in its declaration and on the screen, where nothing special is done with it', () => {
  const root = join(import.meta.dirname, '../../../../..');
  const files = globSync('{shared,main,preload}/**/*.ts', { cwd: root })
    .filter((file) => !file.startsWith(join('shared', 'incidents', 'commands')))
    .map((file) => ({ file, source: readFileSync(join(root, file), 'utf8') }));
  expect(files.length).toBeGreaterThan(300);
  const named = plainCommands.filter((name) => {
    const words = [`'${name}'`, `'${incidentCommands[name].event.shape.kind.value}'`];
    return files.some(({ source }) => words.some((word) => source.includes(word)));
  });
  // Several links are closed at once; units are stood down with the end; proposals link and merge; a merged one ends when it was merged; Beacon notifies.
  expect(named.sort()).toEqual([
    'incident.closeRoad',
    'incident.linkAlarm',
    'incident.merge',
    'incident.notify',
    'incident.resolve',
  ]);
  expect(plainCommands.length).toBeGreaterThan(30);
});

it('gives requests and events their exact types', () => {
  expectTypeOf<RequestInput<'incident.note'>>().toEqualTypeOf<{ incidentId: string; text: string }>();
  expectTypeOf<RequestInput<'incident.assign'>['expected']>().toEqualTypeOf<string | null>();
  expectTypeOf<Extract<RecordEvent, { kind: 'incident.noted' }>>().toEqualTypeOf<
    Extract<IncidentEvent, { kind: 'incident.noted' }>
  >();
  expectTypeOf<Extract<RecordEvent, { kind: 'incident.handoverWithdrawn' }>>().toEqualTypeOf<{
    kind: 'incident.handoverWithdrawn';
    incidentId: string;
    offer: string;
  }>();
  expectTypeOf<Extract<RecordEvent, { kind: 'incident.unheardOf' }>>().toBeNever();
});
