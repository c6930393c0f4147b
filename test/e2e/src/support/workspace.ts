/** A started product for the tests of a file, and people who work in it, each in a browser context of his own. */
import { test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';
import {
  createDataFolder,
  samplePassword,
  startApi,
  startPostgres,
  withDatabase,
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
  readonly #environment: Readonly<Record<string, string>>;
  #api: Api;

  private constructor(folder: DataFolder, environment: Readonly<Record<string, string>>, api: Api) {
    this.#folder = folder;
    this.#environment = environment;
    this.#api = api;
  }

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<Product> {
    const folder = await createDataFolder();

    return new Product(
      folder,
      environment,
      await startApi({ dataFolder: folder.path, environment }),
    );
  }

  get origin(): string {
    return this.#api.origin;
  }

  async kill9(): Promise<void> {
    await this.#api.kill9();
  }

  async startAgain(): Promise<void> {
    this.#api = await startApi({
      dataFolder: this.#folder.path,
      port: this.#api.port,
      environment: this.#environment,
    });
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

interface Database {
  /** It goes, as by a power cut, and stays away until `release`. */
  keepDown(): Promise<{ release(): Promise<void> }>;
  /** Gives a person other roles, as an administrator would, at the next turn. */
  giveRoles(account: string, roles: readonly string[]): Promise<void>;
}

/** The same, on a PostgreSQL of its own, which a test can take away and write to. */
export const testOnDatabase = test.extend<object, { database: Database & ProductPlace }>({
  database: [
    // eslint-disable-next-line no-empty-pattern -- as above
    async ({}, use) => {
      const postgres = await startPostgres();
      const { databaseUrl, ownerUrl, superuserUrl } = await postgres.createDatabase();
      await use({
        environment: {
          DATABASE_URL: databaseUrl,
          DATABASE_OWNER_URL: ownerUrl,
          LODESTONE_SAMPLE: 'on',
        },
        keepDown: () => postgres.keepDown(),
        giveRoles: (account, roles) =>
          withDatabase(superuserUrl, async (client) => {
            await client.query('update person set roles = $2 where email = $1', [
              `${account}@lodestone.example`,
              roles,
            ]);
            await client.query('update access_version set version = version + 1');
          }),
      });
      await postgres.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  product: [
    async ({ database }, use) => {
      const product = await Product.start(database.environment);
      await use(product);
      await product.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

interface ProductPlace {
  readonly environment: Readonly<Record<string, string>>;
}

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
