import { postWebhook, sendMail } from './adapters.ts';
import type { Telling, TellingOutcome } from './adapters.ts';
import { withoutSecrets } from './settings.ts';
import type { NotificationSettings } from './settings.ts';

type Test = { channel: 'email' | 'webhook'; to: string };
type Sender = { county: string; workstation: string; nowMs: number };

/** How a test went: `isSent` where the mail server or the webhook took the message, and what it said in words. */
export type TestOutcome = { isSent: boolean; text: string };

function adapter(
  { channel, to }: Test,
  { smtp, webhooks }: NotificationSettings,
): ((telling: Telling) => Promise<TellingOutcome>) | undefined {
  if (channel === 'email') return smtp === undefined ? undefined : (telling) => sendMail(smtp, telling);
  const webhook = Object.hasOwn(webhooks, to) ? webhooks[to] : undefined;
  return webhook === undefined ? undefined : (telling) => postWebhook(webhook, telling);
}

/** Sends a message that says that it is a test, exactly as a notification of an incident would leave; never rejects. */
export async function testNotification(
  test: Test,
  settings: NotificationSettings,
  { county, workstation, nowMs }: Sender,
): Promise<TestOutcome> {
  const { channel, to } = test;
  const send = adapter(test, settings);
  if (send === undefined)
    return {
      isSent: false,
      text: channel === 'email' ? 'No e-mail is set up in notifications.json.' : `There is no webhook "${to}".`,
    };
  const outcome = await send({
    key: `test.${String(nowMs)}`,
    incidentId: 'test',
    to,
    subject: `Beacon of ${county}: this is a test`,
    text: `This is a test of the notifications of ${county}, sent at the workstation ${workstation}. Nothing has happened.`,
    atMs: nowMs,
  });
  const said = withoutSecrets(outcome.isSent ? outcome.answer : outcome.reason, settings);
  const receiver = channel === 'email' ? 'The mail server' : `The webhook "${to}"`;
  if (outcome.isSent) return { isSent: true, text: `${receiver} took the message: ${said}.` };
  const more = outcome.isUncertain ? ' It may have arrived all the same.' : '';
  return { isSent: false, text: `${receiver} did not take the message: ${said}${more}` };
}
