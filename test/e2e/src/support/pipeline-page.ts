/** The project pipeline as a person drives it. */
import { expect, type Locator, type Page } from '@playwright/test';

export class PipelinePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The one text field that has the keyboard. */
  get field(): Locator {
    return this.page.locator('.grid-field');
  }

  get saveState(): Locator {
    return this.page.locator('h1 + [role="status"]');
  }

  /** A cell, by the record's id and the field's name in the declaration. */
  cell(record: string, field: string): Locator {
    return this.page.locator(`[data-record="${record}"] [data-field="${field}"]`);
  }

  /** What the cell says, without the names of the people who stand in it. */
  text(record: string, field: string): Locator {
    return this.cell(record, field).locator('.grid-text').first();
  }

  async standIn(record: string, field: string): Promise<void> {
    await this.cell(record, field).click();
    await expect(this.cell(record, field)).toHaveClass(/is-active/);
    await expect(this.field).toBeFocused();
  }

  /** Types over the cell and commits with Enter. */
  async type(record: string, field: string, text: string): Promise<void> {
    await this.standIn(record, field);
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  async expectSaved(): Promise<void> {
    await expect(this.saveState).toHaveText(/^(Saved|保存済み)$/);
  }

  /** When the cell shows the text, on the clock that all pages share. */
  async timeShown(record: string, field: string, text: string): Promise<number> {
    return this.cell(record, field).evaluate(async (element, wanted) => {
      if (!element.textContent.includes(wanted)) {
        await new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => {
            if (!element.textContent.includes(wanted)) return;
            observer.disconnect();
            resolve();
          });
          observer.observe(element, { subtree: true, childList: true, characterData: true });
        });
      }

      return performance.timeOrigin + performance.now();
    }, text);
  }

  /** Pastes as the browser does for Ctrl+V. */
  async paste(text: string): Promise<void> {
    await this.field.evaluate((field, pasted) => {
      const data = new DataTransfer();
      data.setData('text/plain', pasted);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    }, text);
  }
}
