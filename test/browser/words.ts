import type { Page } from 'playwright-core';

/** What a person does by the words that are on the page. */
export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).filter({ visible: true }).first().click();

/** A link by its words; what it is about may follow them for who cannot see where it stands. */
export const follow = (page: Page, name: string): Promise<void> =>
  page
    .getByRole('link', { name: new RegExp(`^${name}( |$)`) })
    .filter({ visible: true })
    .first()
    .click();

/** Waits until the page says it. */
export const says = (page: Page, text: string): Promise<void> =>
  page.locator('main').getByText(text).filter({ visible: true }).first().waitFor();
