/** The socket of one page, whose incoming messages can be held back: its person then sees nothing new, but can write. */
import type { Page, WebSocketRoute } from '@playwright/test';

export class HeldSocket {
  #isHeld = false;
  #waiting: (() => void)[] = [];

  private constructor() {
    // Made by `of`.
  }

  /** Loads the page again: only sockets that are opened from then on can be held. */
  static async of(page: Page): Promise<HeldSocket> {
    const held = new HeldSocket();
    await page.routeWebSocket(/\/socket\.io\//, (socket) => {
      held.#follow(socket);
    });
    await page.reload();
    await page.getByRole('grid').waitFor();

    return held;
  }

  hold(): void {
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    for (const pass of this.#waiting.splice(0)) pass();
  }

  #follow(socket: WebSocketRoute): void {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      const pass = () => {
        socket.send(message);
      };
      if (this.#isHeld) this.#waiting.push(pass);
      else pass();
    });
  }
}
