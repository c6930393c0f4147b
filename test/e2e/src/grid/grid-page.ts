/** The grid over a register in memory, as a test drives it. The base URL is that of the harness (apps/web/harness). */
import { expect, type CDPSession, type Locator, type Page } from '@playwright/test';

export interface GridQuery {
  readonly rows?: number;
  readonly register?: string;
  readonly lang?: 'en' | 'ja';
  readonly scheme?: 'light' | 'dark';
  /** May edit nothing. */
  readonly reader?: true;
  readonly peers?: true;
}

export interface Edit {
  readonly record: string;
  readonly field: string;
  readonly value: unknown;
}

export interface Act {
  readonly edits: readonly Edit[];
  readonly created?: readonly { readonly fields: Readonly<Record<string, unknown>> }[];
}

export class GridPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async open(page: Page, query: GridQuery = {}): Promise<GridPage> {
    const entries = Object.entries(query).map(([key, value]) => [key, String(value)]);
    await page.goto(`/grid.html?${new URLSearchParams(entries).toString()}`);
    await expect(page.getByRole('grid')).toBeVisible();

    return new GridPage(page);
  }

  /** The one text field that has the keyboard. */
  get field(): Locator {
    return this.page.locator('.grid-field');
  }

  /** A cell by its place on the screen, rows from 1. */
  cell(row: number, field: string): Locator {
    return this.page.locator(
      `.grid-row[aria-rowindex="${String(row + 1)}"] [data-field="${field}"]`,
    );
  }

  get active(): Locator {
    return this.page.locator('.grid-cell.is-active');
  }

  /** Waits until typing goes to this cell. */
  async standIn(row: number, field: string): Promise<void> {
    await this.cell(row, field).click();
    await expect(this.cell(row, field)).toHaveClass(/is-active/);
    await expect(this.field).toBeFocused();
  }

  async expectActive(row: number, field: string): Promise<void> {
    await expect(this.cell(row, field)).toHaveClass(/is-active/);
  }

  /** What the grid has asked the register to do. */
  async acts(): Promise<readonly Act[]> {
    return this.page.evaluate(() => (window as unknown as WithHarness).harness.view.acts);
  }

  async changeByOther(edits: readonly Edit[]): Promise<void> {
    await this.page.evaluate((given) => {
      (window as unknown as WithHarness).harness.view.changeByOther(given);
    }, edits);
  }

  async recordAt(row: number): Promise<string> {
    const record = await this.page
      .locator(`.grid-row[aria-rowindex="${String(row + 1)}"]`)
      .getAttribute('data-record');

    return record ?? '';
  }

  /** Pastes as the browser does for Ctrl+V, without asking for the clipboard's permission. */
  async paste(text: string): Promise<void> {
    await this.field.evaluate((field, pasted) => {
      const data = new DataTransfer();
      data.setData('text/plain', pasted);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    }, text);
  }

  /** What Ctrl+C puts on the clipboard. */
  async copied(): Promise<string> {
    return this.field.evaluate((field) => {
      const data = new DataTransfer();
      field.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true }));

      return data.getData('text/plain');
    });
  }
}

/** An input method, as Chromium reports one: every key is 229 until the text is settled. */
export class InputMethod {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(page: Page): Promise<InputMethod> {
    return new InputMethod(await page.context().newCDPSession(page));
  }

  async compose(text: string): Promise<void> {
    await this.#key();
    await this.#session.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  }

  /** Settles what is composed, by an Enter that belongs to the input method. */
  async settle(text: string): Promise<void> {
    await this.#key('Enter');
    await this.#session.send('Input.insertText', { text });
  }

  async #key(key = 'Process'): Promise<void> {
    const pressed = { key, windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 };
    await this.#session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...pressed });
    await this.#session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...pressed });
  }
}

interface WithHarness {
  readonly harness: {
    readonly view: {
      readonly acts: readonly Act[];
      changeByOther(edits: readonly Edit[]): void;
    };
  };
}
