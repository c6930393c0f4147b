/** A started product for the tests of a file, and people who work in it, each in a browser context of his own. */
import { test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';
import {
  createDataFolder,
  samplePassword,
  startApi,
  type Api,
  type DataFolder,
} from '@lodestone/test-support';

export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
}

export interface Look {
  readonly language: 'en' | 'ja';
  readonly scheme: 'light' | 'dark';
}

/** The product under test. It can be killed and started again on the same port and data. */
export class Product {
  readonly #folder: DataFolder;
  #api: Api;

  private constructor(folder: DataFolder, api: Api) {
    this.#folder = folder;
    this.#api = api;
  }

  static async start(): Promise<Product> {
    const folder = await createDataFolder();

    return new Product(folder, await startApi({ dataFolder: folder.path }));
  }

  get origin(): string {
    return this.#api.origin;
  }

  async kill9(): Promise<void> {
    await this.#api.kill9();
  }

  async startAgain(): Promise<void> {
    this.#api = await startApi({ dataFolder: this.#folder.path, port: this.#api.port });
  }

  async stop(): Promise<void> {
    await this.#api.stop();
    await this.#folder.remove();
  }
}

export const test = base.extend<
  { signIn: (account: string, look?: Look) => Promise<Person> },
  { product: Product }
>({
  product: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures it must make from this pattern
    async ({}, use) => {
      const product = await Product.start();
      await use(product);
      await product.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  signIn: async ({ browser, product }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (account, look) => {
      const person = await openSignedIn(browser, product, account, look);
      contexts.push(person.context);

      return person;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

async function openSignedIn(
  browser: Browser,
  product: Product,
  account: string,
  look?: Look,
): Promise<Person> {
  const context = await newContext(browser, product, look);
  const page = await context.newPage();
  await page.goto('/');
  await fillSignIn(page, account, samplePassword);
  await page.getByRole('grid').waitFor();
  if (look !== undefined) await choose(page, look);

  return { context, page };
}

export async function newContext(
  browser: Browser,
  product: Product,
  look?: Look,
): Promise<BrowserContext> {
  return browser.newContext({
    baseURL: product.origin,
    locale: look?.language === 'ja' ? 'ja-JP' : 'en-US',
    colorScheme: look?.scheme ?? 'light',
  });
}

/** The form in either language: its fields are known by what browsers fill in. */
export async function fillSignIn(page: Page, account: string, password: string): Promise<void> {
  await page.locator('input[autocomplete="username"]').fill(`${account}@lodestone.example`);
  await page.locator('input[autocomplete="current-password"]').fill(password);
  await page.locator('form button[type="submit"]').click();
}

/** The language is remembered per person: a test says which it wants. */
async function choose(page: Page, { language }: Look): Promise<void> {
  const label = language === 'ja' ? '日本語' : 'EN';
  await page.getByText(label, { exact: true }).first().click();
  await page.locator(`html[lang="${language}"]`).waitFor();
}
