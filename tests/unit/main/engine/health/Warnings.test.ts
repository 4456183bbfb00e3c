import { expect, it } from 'vitest';
import { brokerWarning, Warnings, webhookWarnings } from '../../../../../main/engine/health/Warnings.ts';

const secret = { username: 'beacon', password: 'hunter22' };
const hook = (url: string) => ({ url, headers: {} });

it('names a password that crosses the network in plain text, and does not repeat it', () => {
  for (const url of [
    'mqtt://broker.example.org',
    'ws://192.0.2.7:8080/mqtt',
    'mqtt://[2001:db8::1]',
    'mqtt://127.0.0.1.example.org',
  ]) {
    const text = brokerWarning(url, secret);
    expect(text).toMatch(/crosses the network in plain text\. Use (mqtts|wss):\/\//);
    expect(text).not.toMatch(/hunter22|beacon/);
  }
});

it('is silent on this machine, with TLS, and where there is no password', () => {
  for (const url of [
    'mqtt://localhost',
    'mqtt://127.8.0.1:1883',
    'mqtt://[::1]',
    'mqtts://broker.example.org',
    'wss://broker.example.org',
  ])
    expect(brokerWarning(url, secret)).toBeUndefined();
  expect(brokerWarning('mqtt://broker.example.org', {})).toBeUndefined();
});

it('names webhooks in plain text by their names alone', () => {
  const webhooks = {
    chat: hook('http://chat.example.org/hooks/s3cret'),
    siren: hook('https://siren.example.org'),
    here: hook('http://127.0.0.1:9000/'),
  };
  expect(webhookWarnings({ webhooks })).toEqual([expect.stringMatching(/^The webhook "chat" crosses the network/)]);
  expect(webhookWarnings({ webhooks }).join()).not.toContain('s3cret');
});

it('notes each warning once, and shows it while it holds', () => {
  const notes: string[] = [];
  let webhooks = { chat: hook('http://chat.example.org') };
  const warnings = new Warnings({
    brokerUrl: 'mqtt://127.0.0.1',
    mqtt: secret,
    settings: () => ({ webhooks }),
    certificates: { warnings: () => [] },
    onNotice: ({ text }) => notes.push(text),
  });
  warnings.tick();
  warnings.tick();
  expect(notes).toHaveLength(1);
  expect(warnings.now()).toEqual(notes);
  webhooks = { chat: hook('https://chat.example.org') };
  expect(warnings.now()).toEqual([]);
});
