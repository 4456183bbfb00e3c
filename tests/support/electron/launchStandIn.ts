import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import type { ShellApp } from './ShellApp.ts';

type Answer = { id?: number; result?: unknown; error?: string; endpoint?: string };

const ENTRY = new URL('standIn/run.ts', import.meta.url).pathname;

/** Runs a built application on the stand-in; the specs watch its pages over a connection of their own. */
export function launchStandIn(appDir: string, args: readonly string[], env: NodeJS.ProcessEnv): ShellApp {
  const child = fork(ENTRY, [appDir, ...args], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const endpoint = new Promise<string>((resolve, reject) => {
    child.on('message', (answer: Answer) => answer.endpoint !== undefined && resolve(answer.endpoint));
    child.once('exit', () => reject(new Error(`The application ended:\n${output.join('')}`)));
  });
  endpoint.catch(() => undefined);
  let browser: Promise<Browser> | undefined;
  return {
    runtime: 'stand-in',
    pid: child.pid ?? 0,
    page: async () => firstPage(await (browser ??= chromium.connectOverCDP(await endpoint))),
    evaluateMain: (run, argument) => evaluate(child, run.toString(), argument),
    output: () => output.join(''),
    exited,
    quit: () => {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

async function firstPage(browser: Browser): Promise<Page> {
  const context = browser.contexts()[0];
  if (context === undefined) throw new Error('Chromium has no context');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  await page.waitForURL((url) => url.hostname.endsWith('.stand-in.invalid'));
  return page;
}

let callCount = 0;

function evaluate<Result>(child: ChildProcess, source: string, argument: unknown): Promise<Result> {
  const id = ++callCount;
  return new Promise((resolve, reject) => {
    const listen = (answer: Answer): void => {
      if (answer.id !== id) return;
      child.off('message', listen);
      if (answer.error === undefined) resolve(answer.result as Result);
      else reject(new Error(answer.error));
    };
    child.on('message', listen);
    child.send({ id, source, argument });
  });
}
