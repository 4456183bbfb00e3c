import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { makeCertificate } from '../support/makeCertificate.ts';
import { faultCounty } from '../support/MeterStream.ts';
import { startBuilt } from '../support/startBuilt.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { writeCounty } from '../support/writeCounty.ts';
import { WallDisplay } from './pages/WallDisplay.ts';

test('a browser at another address sees the wall over TLS with a token, and nothing of it without', async ({
  browser,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'beacon-tls-'));
  const [countyDir, dataDir] = [join(folder, 'county'), join(folder, 'data')];
  await writeCounty(countyDir, faultCounty(5));
  const { certFile, keyFile } = await makeCertificate(folder);
  const broker = await startMosquitto();
  const engine = await startBuilt(
    'host',
    [
      ...['engine', '--broker', broker.url, '--county', countyDir, '--data', dataDir],
      ...['--listen', '127.0.0.2:0', '--tls-cert', certFile, '--tls-key', keyFile],
    ],
    /^Beacon is at (https:\S+)/,
  );
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  try {
    const url = (engine.ready[1] ?? '').replace(/\/$/, '');
    expect(url).toMatch(/^https:\/\/127\.0\.0\.2:\d+$/);
    const stranger = new WallDisplay(await context.newPage());
    await stranger.page.goto(`${url}#/wall`);
    await expect(stranger.page.getByRole('heading', { name: 'The first administrator' })).toBeVisible();
    await expect(stranger.tiles).toHaveCount(0);
    const wall = new WallDisplay(await context.newPage());
    await wall.page.goto(`${url}#/wall?token=${readFileSync(join(dataDir, 'wall-token'), 'utf8').trim()}`);
    await expect(wall.tiles).toHaveCount(4);
    expect(wall.page.url()).not.toContain('token');
  } finally {
    await context.close();
    await engine.stop();
    await broker.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
});
