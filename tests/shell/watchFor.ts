import type { Page } from '@playwright/test';

/**
 * Notes from now on whether the page ever holds what the selector finds, with the text in it. What lasts half a second
 * can fall between two looks of a driver on a busy machine; the page itself misses nothing. What is returned waits
 * until it has been seen.
 */
export async function watchFor(page: Page, selector: string, text = ''): Promise<() => Promise<void>> {
  const key = `watched ${selector}`;
  await page.evaluate(
    (wanted) => {
      const seen = new Promise<void>((resolve) => {
        const look = (): void => {
          if (
            [...document.querySelectorAll(wanted.selector)].some((element) => element.textContent.includes(wanted.text))
          )
            resolve();
        };
        new MutationObserver(look).observe(document.documentElement, {
          subtree: true,
          childList: true,
          attributes: true,
          characterData: true,
        });
      });
      Object.assign(window, { [wanted.key]: seen });
    },
    { key, selector, text },
  );
  return () => page.evaluate((name) => (window as unknown as Record<string, Promise<void>>)[name], key);
}
