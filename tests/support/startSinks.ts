import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

export type Mail = { to: string; text: string };
/**
 * The server's reaction to the next mail: it accepts it, refuses it with a code, or breaks the connection after having
 * accepted it.
 */
export type MailAnswer = 'take' | number | 'takeAndBreak';

/**
 * Starts a real mail server on loopback that keeps the mails it accepts. A client that does not give `password` is
 * refused.
 */
export async function startMailSink(password: string): Promise<{ port: number; mails: Mail[]; answers: MailAnswer[] }> {
  const mails: Mail[] = [];
  const answers: MailAnswer[] = [];
  const server = new SMTPServer({
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onAuth: (auth, _session, done) =>
      auth.password === password
        ? done(null, { user: auth.username })
        : done(new Error(`No such password: ${auth.password ?? ''}`)),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const answer = answers.shift() ?? 'take';
        if (typeof answer === 'number') return done(Object.assign(new Error('Not now'), { responseCode: answer }));
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address).join(),
          text: Buffer.concat(chunks).toString('utf8'),
        });
        if (answer === 'take') return done(null);
        for (const connection of server.connections)
          (connection as unknown as { _socket: { destroy: () => void } })._socket.destroy();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, mails, answers };
}

export type Posted = { headers: IncomingHttpHeaders; body: string };

/**
 * Starts a real web server on loopback that keeps what is posted to it. `answers` are status codes for the next
 * requests; 0 breaks the connection instead.
 */
export async function startWebSink(): Promise<{ url: string; posted: Posted[]; answers: number[] }> {
  const posted: Posted[] = [];
  const answers: number[] = [];
  const answer = (response: ServerResponse): void => {
    const status = answers.shift() ?? 204;
    if (status === 0) response.destroy();
    else response.writeHead(status).end();
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posted.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, posted, answers };
}
