import type { Handlers } from '../base/Handlers.ts';
import type { PeopleService } from '../people/PeopleService.ts';

type PeopleRequest = Extract<keyof Handlers, `people.${string}` | `token.${string}`>;

/** Answers requests about the administration of accounts and tokens. */
export function peopleHandlers(people: PeopleService): Pick<Handlers, PeopleRequest> {
  const { accounts } = people;
  const done = async (work: Promise<void>): Promise<Record<string, never>> => {
    await work;
    return {};
  };
  return {
    'people.present': () => ({ people: accounts.present() }),
    'people.list': () => accounts.list(),
    'people.create': async (input, author) => ({ accountId: await accounts.create(author, input) }),
    'people.change': ({ accountId, ...change }, author) => done(accounts.change(author, accountId, change)),
    'people.revoke': ({ accountId }, author) => done(accounts.revoke(author, accountId)),
    'people.restore': ({ accountId }, author) => done(accounts.restore(author, accountId)),
    'people.liftLock': ({ accountId }, author) => done(accounts.liftLock(author, accountId)),
    'people.setPassword': ({ accountId, password }, author) =>
      done(accounts.resetPassword(author, accountId, password)),
    'people.setIdleLock': ({ minutes }, author) => done(accounts.setIdleLock(author, minutes)),
    'token.issue': async ({ label, isForWall, forDays }, author) => {
      const issued = await accounts.issueToken(author, label, forDays);
      if (isForWall) people.useForWall(issued.token);
      return issued;
    },
    'token.revoke': ({ tokenId }, author) => done(accounts.revokeToken(author, tokenId)),
  };
}
