/** A reader slower than what he is sent: noticed, given time, and in the end given up. */
import { describe, expect, it, vi } from 'vitest';
import { mostOwed, mostQueued, mostStalls, SendQueue } from './send-queue.ts';

/** A line whose other end reads as much as the test says. */
class Reader {
  readonly writeBuffer: { readonly data: Buffer }[] = [];
  readonly transport = { socket: { bufferedAmount: 0 } };

  wait(bytes: number): void {
    this.writeBuffer.push({ data: Buffer.alloc(bytes) });
  }

  read(): void {
    this.writeBuffer.length = 0;
    this.transport.socket.bufferedAmount = 0;
  }
}

describe('a queue', () => {
  it('counts what waits before the transport and in it', () => {
    const reader = new Reader();
    const queue = new SendQueue(reader, () => undefined);
    reader.wait(1_000);
    reader.wait(500);
    reader.transport.socket.bufferedAmount = 250;

    expect(queue.queued).toBe(1_750);
    expect(queue.isBehind()).toBe(false);
  });

  it('is behind above a bound until half of it has left, and says when', async () => {
    const reader = new Reader();
    const drained = vi.fn();
    const queue = new SendQueue(reader, drained);
    reader.transport.socket.bufferedAmount = mostQueued + 1;
    expect(queue.isBehind()).toBe(true);
    const room = queue.whenRoom();

    reader.transport.socket.bufferedAmount = mostQueued - 1;
    queue.look();
    expect(queue.isBehind()).toBe(true);
    expect(drained).not.toHaveBeenCalled();

    reader.read();
    queue.look();
    await room;
    expect(queue.isBehind()).toBe(false);
    expect(drained).toHaveBeenCalledOnce();
  });

  it('lets nobody wait for a connection that has ended', async () => {
    const reader = new Reader();
    const queue = new SendQueue(reader, () => undefined);
    reader.transport.socket.bufferedAmount = mostQueued + 1;
    const room = queue.whenRoom();

    queue.end();

    await expect(room).resolves.toBeUndefined();
  });

  it('is hopeless when nothing leaves it, not while something does', () => {
    const reader = new Reader();
    const queue = new SendQueue(reader, () => undefined);
    const looks = (change: () => void) =>
      Array.from({ length: mostStalls + 2 }, () => {
        change();

        return queue.isHopeless();
      });
    reader.transport.socket.bufferedAmount = 2 * mostQueued;

    expect(looks(() => (reader.transport.socket.bufferedAmount -= 5_000))).not.toContain(true);
    expect(looks(() => undefined)).toContain(true);
  });

  it('is hopeless at once when it is beyond all measure', () => {
    const reader = new Reader();
    const queue = new SendQueue(reader, () => undefined);
    reader.transport.socket.bufferedAmount = mostOwed + 1;

    expect(queue.isHopeless()).toBe(true);
  });
});
