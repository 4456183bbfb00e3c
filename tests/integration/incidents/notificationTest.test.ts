import { expect, it } from 'vitest';
import { testNotification } from '../../../main/engine/incidents/notify/testNotification.ts';
import { freePort } from '../../support/freePort.ts';
import { startMailSink, startWebSink } from '../../support/startSinks.ts';

const PASSWORD = 'correct horse battery';
const SECRET = 'a secret of the webhook';
const sender = { county: 'Elm County', workstation: 'Flood desk', nowMs: Date.UTC(2026, 5, 1, 12) };
const mailOf = (port: number, password = PASSWORD) => ({
  host: '127.0.0.1',
  port,
  security: 'none' as const,
  user: 'beacon',
  password,
  from: 'beacon@example.org',
});

it('a test mail is taken by a real mail server and says that it is a test, or it is said what the server refused', async () => {
  const { port, mails, answers } = await startMailSink(PASSWORD);
  const test = { channel: 'email' as const, to: 'duty@example.org' };
  const settings = { smtp: mailOf(port), webhooks: {} };
  expect(await testNotification(test, settings, sender)).toEqual({
    isSent: true,
    text: expect.stringMatching(/^The mail server took the message: 250 /) as string,
  });
  expect(mails).toMatchObject([{ to: 'duty@example.org' }]);
  expect(mails[0]?.text).toMatch(/Subject: Beacon of Elm County: this is a test/);
  // Quoted-printable breaks long lines by an equals sign.
  expect(mails[0]?.text.replaceAll('=\r\n', '')).toContain('at the workstation Flood desk');
  answers.push(550);
  expect(await testNotification(test, settings, sender)).toMatchObject({
    isSent: false,
    text: expect.stringMatching(/^The mail server did not take the message: .*Not now/s) as string,
  });
  const wrong = await testNotification(test, { smtp: mailOf(port, 'a wrong password'), webhooks: {} }, sender);
  expect(wrong.isSent).toBe(false);
  expect(wrong.text).not.toContain('a wrong password');
  const nobody = await testNotification(test, { smtp: mailOf(await freePort()), webhooks: {} }, sender);
  expect(nobody.text).toMatch(/ECONNREFUSED/);
  expect(await testNotification(test, { webhooks: {} }, sender)).toEqual({
    isSent: false,
    text: 'No e-mail is set up in notifications.json.',
  });
});

it('a test of a webhook is posted as a notification is, and its answer is said in words', async () => {
  const { url, posted, answers } = await startWebSink();
  const settings = { webhooks: { duty: { url, headers: { Authorization: 'Bearer of news' }, secret: SECRET } } };
  const test = { channel: 'webhook' as const, to: 'duty' };
  expect(await testNotification(test, settings, sender)).toEqual({
    isSent: true,
    text: 'The webhook "duty" took the message: HTTP 204.',
  });
  expect(posted[0]?.headers).toMatchObject({
    authorization: 'Bearer of news',
    'idempotency-key': expect.stringMatching(/^test\./) as string,
  });
  expect(JSON.parse(posted[0]?.body ?? '')).toMatchObject({ subject: 'Beacon of Elm County: this is a test' });
  answers.push(403, 0);
  expect(await testNotification(test, settings, sender)).toEqual({
    isSent: false,
    text: 'The webhook "duty" did not take the message: HTTP 403',
  });
  expect((await testNotification(test, settings, sender)).text).toMatch(/It may have arrived all the same\.$/);
  expect((await testNotification({ ...test, to: 'night' }, settings, sender)).text).toBe(
    'There is no webhook "night".',
  );
});
