/** The panel "Needs your attention" as a person uses it, in English. */
import { expect, type Locator, type Page } from '@playwright/test';

export class AttentionPanel {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get panel(): Locator {
    return this.page.getByRole('dialog', { name: 'Needs your attention' });
  }

  get notice(): Locator {
    return this.page.getByRole('region', { name: 'Changed at the same time' });
  }

  /** The entry of a record, by its title. */
  item(title: string): Locator {
    return this.panel
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('link', { name: title }) });
  }

  /** A value of a conflict, by its author, or anything else said of it. */
  side(title: string, author: string | RegExp): Locator {
    return this.item(title).getByRole('listitem').filter({ hasText: author });
  }

  /** By what stands beside the title: `1 conflict`, `Not accepted (1)`. */
  async open(by: string): Promise<void> {
    await this.page.getByRole('button', { name: by }).click();
    await expect(this.panel).toBeVisible();
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.panel).toBeHidden();
  }
}
