import { resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Alarm } from '../../shared/alarms/alarm.ts';
import { earcons } from '../../renderer/features/alarms/sound/earcons.ts';
import { fixtureAlarm, manyAlarms } from '../support/fixtureAlarms.ts';
import { startFixtureEngine } from '../support/fixtureEngine.ts';
import type { FixtureEngine } from '../support/fixtureEngine.ts';
import { test as base } from './e2eTest.ts';
import { AlarmsPage } from './pages/AlarmsPage.ts';

type Serve = (alarms: (nowMs: number) => Alarm[]) => Promise<FixtureEngine & { url: string }>;

/** `serve`: the built page at an engine that speaks the contract and has just these alarms. */
const test = base.extend<{ serve: Serve }>({
  serve: async ({}, use) => {
    const engines: FixtureEngine[] = [];
    await use(async (alarms) => {
      const engine = await startFixtureEngine(0, {
        pageDir: resolve('out/renderer'),
        alarms: (_, nowMs) => alarms(nowMs),
      });
      engines.push(engine);
      return { ...engine, url: `http://127.0.0.1:${engine.port}` };
    });
    for (const engine of engines) await engine.close();
  },
});

const MINUTE_MS = 60_000;
const few = (nowMs: number): Alarm[] => [
  fixtureAlarm({ id: 'crash', priority: 1, raisedAtMs: nowMs - MINUTE_MS }),
  fixtureAlarm({ id: 'outage', priority: 2, domain: 'electricity', raisedAtMs: nowMs - 5 * MINUTE_MS }),
  fixtureAlarm({ id: 'late', domain: 'transit', raisedAtMs: nowMs - 2 * MINUTE_MS }),
  fixtureAlarm({ id: 'queue', raisedAtMs: nowMs - 3 * MINUTE_MS }),
  fixtureAlarm({ id: 'seen', state: 'acknowledged', raisedAtMs: nowMs, acknowledgedBy: 'Ben' }),
  fixtureAlarm({ id: 'detector', priority: 4, domain: 'maintenance', raisedAtMs: nowMs }),
];

test('an operator works down the list by keyboard alone', async ({ serve, page }) => {
  const { url } = await serve(few);
  const alarms = new AlarmsPage(page);
  await alarms.open(url);

  await test.step('the urgent, then what waits, then the newest; sick sensors apart', async () => {
    expect(await alarms.ids()).toEqual(['crash', 'outage', 'late', 'queue', 'seen']);
    await expect(alarms.card).toContainText('Look at the camera, warn on the signs.');
    await expect(alarms.card).toContainText('within 5 min');
  });

  await test.step('the cursor goes where the keys say', async () => {
    await alarms.press('ArrowDown');
    await alarms.expectCursorAt('outage');
    await alarms.press('End');
    await alarms.expectCursorAt('seen');
    await alarms.press('Home');
    await alarms.expectCursorAt('crash');
  });

  await test.step('A acknowledges and goes on to the next', async () => {
    await alarms.press('a');
    await expect(alarms.row('crash')).toContainText('seen by Ann');
    await alarms.expectCursorAt('outage');
  });

  await test.step('several are shelved at once, with a reason', async () => {
    await alarms.press('ArrowDown', 'Shift+ArrowDown', 's');
    const dialog = page.getByRole('dialog', { name: 'Shelve 2 alarms' });
    await expect(dialog.getByRole('textbox', { name: 'Reason' })).toBeFocused();
    await expect(dialog.getByRole('button', { name: 'Shelve' })).toBeDisabled();
    await page.keyboard.type('Road works');
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect.poll(() => alarms.ids()).toEqual(['crash', 'outage', 'seen']);
  });

  await test.step('what is shelved is found with its reason and end, and comes back', async () => {
    await alarms.show('Shelved');
    await expect(alarms.row('late')).toContainText('Road works');
    await expect(alarms.row('late')).toContainText(/until \d\d:\d\d/);
    await alarms.list.focus();
    await alarms.press('Control+a', 's');
    await expect(page.getByText('Nothing is shelved.')).toBeVisible();
    await alarms.show('Current');
    await expect(alarms.row('late')).toBeVisible();
  });

  await test.step('I opens an incident', async () => {
    await alarms.list.focus();
    await alarms.press('Home', 'i');
    await expect(
      page.getByRole('dialog', { name: 'Open an incident' }).getByRole('textbox', { name: 'What' }),
    ).toHaveValue('Queue on crash');
  });
});

test('ten thousand alarms: only what is in sight exists, a flood groups, and nothing urgent is behind a group', async ({
  serve,
  page,
}) => {
  let all: Alarm[] = [];
  const { url } = await serve((nowMs) => (all = manyAlarms(10_000, nowMs)));
  const alarms = new AlarmsPage(page);
  await alarms.open(url);
  await expect(alarms.flood).toContainText('Grouped by cause');
  expect(await alarms.rows.count()).toBeLessThan(100);

  const urgent = all.filter(({ priority, domain }) => priority <= 2 && domain !== 'maintenance').length;
  await expect(alarms.list.locator('[aria-expanded="false"]').first()).toHaveAttribute('data-index', String(urgent));

  await test.step('a group unfolds and folds by arrows', async () => {
    await alarms.press('Home', ...Array.from({ length: urgent }, () => 'ArrowDown'), 'ArrowRight');
    const group = alarms.list.locator(`[data-index="${urgent}"]`);
    await expect(group).toHaveAttribute('aria-expanded', 'true');
    await alarms.press('ArrowDown', 'ArrowLeft', 'ArrowLeft');
    await expect(group).toHaveAttribute('aria-expanded', 'false');
  });

  await test.step('the end is one key away', async () => {
    await alarms.press('End');
    const last = Number(await alarms.list.getAttribute('aria-rowcount')) - 1;
    await expect(alarms.list.locator(`[data-index="${last}"]`)).toHaveAttribute('data-cursor', 'true');
  });

  await test.step('every part has its name, role and contrast', async () => {
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(
      violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
      ),
    ).toEqual([]);
    await alarms.show('Load');
    await expect(page.getByTestId('position-load')).toHaveCount(3);
    const load = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
    expect(load.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  });
});

/** Has the page note the pitch of each tone that it plays. */
async function noteTones(page: Page): Promise<() => Promise<number[]>> {
  await page.addInitScript(() => {
    const tones: number[] = [];
    Object.assign(globalThis, { tones });
    const native = Object.getOwnPropertyDescriptor(AudioScheduledSourceNode.prototype, 'start')?.value as (
      this: OscillatorNode,
      when?: number,
    ) => void;
    OscillatorNode.prototype.start = function (when) {
      tones.push(this.frequency.value);
      native.call(this, when);
    };
    // The driver's own scripts count as gestures of a person, so the browser's rule is kept here: no sound before one.
    let hasGesture = false;
    for (const gesture of ['keydown', 'pointerdown'])
      window.addEventListener(gesture, () => void (hasGesture = true), { capture: true });
    const resume = Object.getOwnPropertyDescriptor(AudioContext.prototype, 'resume')?.value as () => Promise<void>;
    globalThis.AudioContext = class extends AudioContext {
      constructor() {
        super();
        if (!hasGesture) void this.suspend();
      }

      override get state(): AudioContextState {
        return hasGesture ? super.state : 'suspended';
      }

      override resume(): Promise<void> {
        return hasGesture ? resume.call(this) : new Promise(() => undefined);
      }
    };
  });
  return () => page.evaluate(() => (globalThis as unknown as { tones: number[] }).tones);
}

test('an urgent alarm stays on every page and sounds again until it is acknowledged; a mute says its end', async ({
  serve,
  page,
}) => {
  const { url } = await serve((nowMs) => few(nowMs).slice(0, 1));
  const tones = await noteTones(page);
  const alarms = new AlarmsPage(page);
  await alarms.open(url);
  const priority1 = earcons[1].map(({ hz }) => hz);

  await test.step('silent, and saying so, until a key is pressed', async () => {
    await expect(alarms.sound).toContainText('press any key');
    expect(await tones()).toEqual([]);
    await alarms.press('Home');
    await expect(alarms.sound).toHaveAttribute('data-state', 'ready');
    await expect.poll(tones).toEqual(priority1);
    await expect.poll(tones, { timeout: 40_000 }).toEqual([...priority1, ...priority1]);
  });

  await test.step('muted, with its end', async () => {
    await alarms.sound.click();
    await page.getByRole('menuitem', { name: '5 minutes', exact: true }).click();
    await expect(alarms.sound).toContainText(/Muted until \d\d:\d\d/);
    await alarms.sound.click();
    await page.getByRole('menuitem', { name: 'Sound on now' }).click();
    await expect(alarms.sound).toHaveAttribute('data-state', 'ready');
  });

  await test.step('on every page, until it is acknowledged', async () => {
    await expect(alarms.urgent).toContainText('Queue on crash');
    await page.getByRole('link', { name: 'Situation' }).click();
    await expect(page.getByRole('main', { name: 'Situation' })).toBeVisible();
    await expect(alarms.urgent).toContainText('Queue on crash');
    await alarms.urgent.getByRole('button', { name: 'Acknowledge' }).click();
    await expect(alarms.urgent).toBeHidden();
  });
});

test('work that needs no operator, and alarms that nobody acknowledged, have lists of their own', async ({
  serve,
  page,
}) => {
  const { url } = await serve(few);
  await new AlarmsPage(page).open(url);
  await page.getByRole('radio', { name: 'Work list' }).click();
  const work = page.getByRole('table', { name: 'Work list' });
  for (const text of ['12 Mill Street', 'W-0007', 'Water flows in every hour', 'Tell the customer.'])
    await expect(work).toContainText(text);
  await page.getByRole('radio', { name: 'History' }).click();
  await expect(page.getByRole('table', { name: 'Alarms that nobody acknowledged' })).toContainText(
    'Citizen report: pothole',
  );
});

test('bold type is for what is urgent, not for all that nobody has acknowledged', async ({ serve, page }) => {
  const { url } = await serve(few);
  await new AlarmsPage(page).open(url);
  const weight = (id: string): Promise<string> =>
    page
      .locator(`[data-alarm="${id}"] [role="gridcell"] > span`)
      .first()
      .evaluate((element) => getComputedStyle(element).fontWeight);
  expect([await weight('crash'), await weight('outage')]).toEqual(['600', '600']);
  expect([await weight('late'), await weight('seen')]).toEqual(['400', '400']);
});
