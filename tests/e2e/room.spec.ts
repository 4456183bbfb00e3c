import { expect } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { extractText } from 'unpdf';
import { test as base } from './e2eTest.ts';
import { LiveRoom } from './LiveRoom.ts';
import { Administration } from './pages/Administration.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { DispatchPage } from './pages/DispatchPage.ts';
import { Entrance } from './pages/Entrance.ts';
import { IncidentPage } from './pages/IncidentPage.ts';
import { ShiftPage } from './pages/ShiftPage.ts';

/** A queue is called a crash once somebody has reported one there. */
const QUEUE = /(Queue|Probable crash) on/;
/** Until a joined workstation has started anew and has the log. */
const JOIN_MS = 180_000;
const NOTICED_MS = 180_000;
/** For a unit to drive through the county, at the speed of the county's clock. */
const DRIVE_MS = 150_000;

const names = ['Call desk', 'Dispatch desk', 'Supervisor’s desk'];
const people = [
  ['Olga', 'Operator'],
  ['Dan', 'Dispatcher'],
  ['Sue', 'Supervisor'],
  ['Ned', 'Supervisor'],
] as const;
const givenPasswordOf = (name: string): string => `${name} and seven bottles`;
const passwordOf = (name: string): string => `${name} and eight bottles`;

type Fixtures = {
  room: LiveRoom;
  /** A screen at a workstation, each with a browser of its own. */ screenAt: (index: number) => Promise<Page>;
};

const test = base.extend<Fixtures>({
  room: async ({}, use, testInfo) => {
    const room = await LiveRoom.start(names);
    await use(room);
    if (testInfo.status !== testInfo.expectedStatus)
      for (const { id, beacon } of room.workstations)
        await testInfo.attach(`what ${id} said`, { body: beacon.output() });
    await room.end();
  },
  screenAt: async ({ playwright, room }, use) => {
    const faults: string[] = [];
    const browsers: Browser[] = [];
    await use(async (index) => {
      // Three maps drawn without a graphics card would take all of the machine, and here is not about them.
      const browser = await playwright.chromium.launch({ args: ['--disable-3d-apis'] });
      browsers.push(browser);
      const screen = await browser.newPage({ reducedMotion: 'reduce' });
      screen.on('pageerror', (error) => faults.push(error.stack ?? error.message));
      await screen.goto(`${room.workstations[index]?.beacon.url ?? ''}#/administration`);
      return screen;
    });
    for (const browser of browsers) await browser.close();
    expect(faults.filter((fault) => !fault.includes('WebGL'))).toEqual([]);
  },
});

/** Both pages have every line, in the same order. Units go on reporting meanwhile. */
async function expectSameLog(one: IncidentPage, other: IncidentPage): Promise<void> {
  await expect.poll(async () => (await one.log()).join('\n') === (await other.log()).join('\n')).toBe(true);
}

/** The heads of the log as they are printed at the end of a report. */
async function printedHeads(pdf: Uint8Array): Promise<{ sequence: string; seq: number; hash: string }[]> {
  const { text } = await extractText(new Uint8Array(pdf), { mergePages: true });
  return [...text.replace(/\s+/g, ' ').matchAll(/(ws-[0-9a-f]+\.\d+) (\d+) ([0-9a-f]{64})/g)].map(
    ([, sequence = '', seq, hash = '']) => ({ sequence, seq: Number(seq), hash }),
  );
}

/** Goes to a page that asks nothing of anybody. */
async function rest(screen: Page): Promise<void> {
  await screen.keyboard.press('2');
  await expect(screen.getByRole('link', { name: 'Alarms' })).toHaveAttribute('aria-current', 'page');
}

test('a crash goes through the room from its alarm to the signed report, at three workstations of which one is cut off in the middle', async ({
  room,
  screenAt,
}) => {
  test.setTimeout(1_200_000);
  const screens = [await screenAt(0), await screenAt(1), await screenAt(2)] as const;
  const [operator, dispatcher, supervisor] = screens;
  const [olga, dan] = [new IncidentPage(operator), new IncidentPage(dispatcher)];
  const board = supervisor.getByTestId('board-row');
  const administration = new Administration(operator);
  const shift = new ShiftPage(supervisor);

  await test.step('two workstations join the desk of the first, each by a code of its own', async () => {
    await new Entrance(operator).enter();
    for (const [name, role] of people) await administration.create(name, givenPasswordOf(name), role);
    for (const [index, screen] of [
      [1, dispatcher],
      [2, supervisor],
    ] as const) {
      await new Entrance(screen).enter();
      await new Administration(screen).join(await administration.makeCode());
      await rest(screen);
      await expect(new Entrance(screen).box).toBeVisible({ timeout: JOIN_MS });
      await expect(administration.row('Workstations', names[index] ?? '')).toContainText('Connected', {
        timeout: JOIN_MS,
      });
    }
  });

  const watching = new Administration(await screenAt(2));
  await test.step('the administrator comes in at another workstation by the same account', async () => {
    await watching.enter();
    await expect(watching.row('Workstations', names[0] ?? '')).toContainText('Connected', { timeout: JOIN_MS });
  });

  await test.step('the county lives, and everybody takes a seat', async () => {
    await room.live({ scenario: 'crash', speed: 8 });
    await rest(operator);
    await operator.keyboard.press('Control+Shift+L');
    await expect(new Entrance(operator).box.getByRole('heading', { name: 'Locked by Tess' })).toBeVisible();
    for (const [index, screen] of screens.entries()) {
      const [name] = people[index] ?? people[0];
      await new Entrance(screen).signIn(name, givenPasswordOf(name));
      await new Entrance(screen).choosePassword(passwordOf(name));
      await expect(new Entrance(screen).box).toBeHidden({ timeout: JOIN_MS });
      await new ControlRoom(screen).expectLink('live');
    }
    await shift.open();
    await shift.press('Open a shift');
    await expect(shift.shifts.getByRole('row')).toContainText(['Going on']);
    await supervisor.keyboard.press('3');
  });

  await test.step('the operator acknowledges the alarm, opens the incident and accepts it', async () => {
    const alarm = new ControlRoom(operator).alarm(QUEUE);
    await expect(alarm).toBeVisible({ timeout: NOTICED_MS });
    await alarm.click();
    await operator.keyboard.press('a');
    await expect(alarm).toContainText('seen by Olga');
    // The cursor has gone on to the next alarm that waits.
    await alarm.click();
    await operator.keyboard.press('i');
    await expect(operator.getByRole('textbox', { name: 'What' })).toHaveValue(QUEUE);
    await operator.keyboard.press('Enter');
    await expect(alarm).toContainText('has incident');
    await operator.keyboard.press('1');
    await olga.expectStatus('Reported');
    await olga.take('Acknowledge');
    await olga.expectStatus('Acknowledged');
    await rest(operator);
  });

  let unit = '';
  await test.step('the dispatcher sees who has acknowledged the alarm, and sends the recommended unit', async () => {
    await expect(new ControlRoom(dispatcher).alarm(QUEUE)).toContainText('seen by Olga');
    await dispatcher.keyboard.press('4');
    const dispatch = new DispatchPage(dispatcher);
    await expect(dispatch.calls.first()).toContainText('nobody sent');
    unit = (await dispatch.proposals.first().locator('b').first().textContent()) ?? '';
    const sent = dispatch.engaged.filter({ hasText: unit });
    // An order that did not go out is given again, as a person would.
    await expect(async () => {
      if (await sent.isVisible()) return;
      await dispatcher.keyboard.press('4');
      await dispatcher.keyboard.press('d');
      await expect(dispatch.keys).toContainText('Send which?');
      await dispatcher.keyboard.press('1');
      await expect(sent).toBeVisible({ timeout: 10_000 });
    }).toPass({ timeout: 180_000 });
    await rest(dispatcher);
    await operator.keyboard.press('1');
    await olga.expectStatus('Dispatched');
  });

  await test.step('the operator’s workstation is cut off, is shown so, and goes on working', async () => {
    room.workstations[0]?.line.cut();
    await new ControlRoom(operator).expectLink('brokerLost');
    await expect(watching.row('Workstations', names[0] ?? '')).toContainText('Not heard');
    await olga.addNote('Two cars, right lane blocked');
    await operator.getByRole('button', { name: 'Take it' }).click();
    await expect(olga.logLine('Assigned to Olga')).toBeVisible();
    await rest(operator);
  });

  await test.step('the others go on without it: the unit arrives, and the incident is taken by another', async () => {
    await dispatcher.keyboard.press('1');
    await dan.assign('Dan');
    await expect(dan.unit(unit)).toContainText('on scene', { timeout: DRIVE_MS });
    await dan.addNote('Tow truck asked for');
    await expect(dan.logLine('Two cars')).toHaveCount(0);
  });

  const conflict = (incident: IncidentPage) => incident.root.getByRole('list', { name: 'Conflicts' });
  await test.step('back again, all have everything, and what two people decided is shown to both until one decides', async () => {
    room.workstations[0]?.line.mend();
    await new ControlRoom(operator).expectLink('live');
    await operator.keyboard.press('1');
    await expect(watching.row('Workstations', names[0] ?? '')).toContainText('Connected');
    for (const incident of [olga, dan]) {
      await incident.expectStatus('On scene');
      await expect(conflict(incident)).toContainText('two people decided at the same time');
      await expect(conflict(incident).getByRole('button', { name: /^Keep “Olga” \(Olga, / })).toBeVisible();
      await expect(conflict(incident).getByRole('button', { name: /^Keep “Dan” \(Dan, / })).toBeVisible();
      for (const text of ['Two cars, right lane blocked', 'Tow truck asked for', 'Assigned to Olga', 'Assigned to Dan'])
        await expect(incident.logLine(text)).toBeVisible();
    }
    await expect(board).toContainText('conflict');
    await conflict(olga)
      .getByRole('button', { name: /^Keep “Olga”/ })
      .click();
    for (const incident of [olga, dan]) {
      await expect(conflict(incident)).toBeHidden();
      await expect(incident.root.getByRole('combobox', { name: 'Assigned to' })).toHaveValue('Olga');
    }
    await expect(board).toContainText('Olga');
    await expect(board).not.toContainText('conflict');
  });

  await test.step('the operator takes it through to its recovery, and the dispatcher ends it', async () => {
    for (const [step, status] of [
      ['Restored', 'Restored'],
      ['Last unit left', 'Cleared'],
      ['Normal again', 'Recovered'],
    ] as const) {
      await olga.take(step);
      await olga.expectStatus(status);
    }
    await dan.expectStatus('Recovered');
    await dan.resolve('Cars towed, road free');
    await olga.expectStatus('Resolved');
    await expectSameLog(dan, olga);
    await rest(dispatcher);
    await supervisor.getByRole('radio', { name: /^To be reviewed/ }).click();
    await board.click();
    await expectSameLog(new IncidentPage(supervisor, 'incident-work'), olga);
  });

  let pdf: Uint8Array = new Uint8Array();
  await test.step('the supervisor closes the shift, comments it and signs; the next one takes over', async () => {
    await shift.open();
    await shift.press('Close the shift');
    await shift.expectReport('Cars towed, road free');
    await shift.comment('The call desk was cut off for some minutes.');
    await shift.press('Sign the report …');
    await supervisor.getByLabel('Password of Sue').fill(passwordOf('Sue'));
    await shift.press('Sign');
    await expect(shift.shifts.getByRole('row')).toContainText(['signed by Sue']);
    await supervisor.keyboard.press('Control+Shift+L');
    await new Entrance(supervisor).signIn('Ned', givenPasswordOf('Ned'));
    await new Entrance(supervisor).choosePassword(passwordOf('Ned'));
    await shift.press('Take over');
    await expect(shift.shifts.getByRole('row')).toContainText(['Going on', 'Taken over, signed by Sue']);
    await shift.shifts.getByRole('row').nth(1).click();
    await shift.expectReport('The call desk was cut off for some minutes.');
    const id = /Shift (\S+-1)/.exec((await shift.report.textContent()) ?? '')?.[1]?.slice(0, 12) ?? '';
    pdf = await shift.save(`Save shift ${id} as PDF`);
  });

  await test.step('each log is whole, and the printed heads of all three stand in each', async () => {
    await room.stop();
    const heads = await printedHeads(pdf);
    expect(heads.map(({ sequence }) => sequence.replace(/\.\d+$/, '')).sort()).toEqual(
      room.workstations.map(({ id }) => id).sort(),
    );
    for (const workstation of room.workstations) {
      const { code, output } = await room.check(workstation);
      expect(output).toContain('is whole.');
      expect(code, output).toBe(0);
      const log = await room.hashes(workstation);
      for (const { sequence, seq, hash } of heads) expect(log.get(sequence)?.get(seq)).toBe(hash);
    }
  });
});
