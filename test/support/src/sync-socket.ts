/** A Socket.IO socket to `/sync` that is used for one connection and then never again. */
import { io, type Socket } from 'socket.io-client';
import parser from 'socket.io-msgpack-parser';

const handshakeMs = 20_000;

/** To be listened to before it is `connected`, so that nothing is missed. */
export function newSocket(url: string, headers: Readonly<Record<string, string>>): Socket {
  return io(`${url}/sync`, {
    transports: ['websocket'],
    parser,
    forceNew: true,
    reconnection: false,
    timeout: handshakeMs,
    extraHeaders: { ...headers },
  });
}

/** Rejects with the server's reason where the handshake is refused, and where nobody answers. */
export async function connected(socket: Socket): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const fail = (reason: unknown) => {
      clearTimeout(impatience);
      socket.disconnect();
      reject(reason instanceof Error ? reason : new Error(String(reason)));
    };
    const impatience = setTimeout(fail, handshakeMs, 'the namespace did not answer');
    socket.once('connect_error', fail);
    // A line that breaks in the middle of the handshake is told as the end of what was never connected.
    socket.once('disconnect', fail);
    socket.once('connect', () => {
      clearTimeout(impatience);
      socket.off('connect_error', fail);
      socket.off('disconnect', fail);
      resolve();
    });
  });
}
