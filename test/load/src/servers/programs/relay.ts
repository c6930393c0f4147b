/** The floor: Socket.IO with the parser that Lodestone uses, no document, no database, no question asked. */
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import parser from 'socket.io-msgpack-parser';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], parser, perMessageDeflate: false });

io.on('connection', (socket) => {
  const room = String(socket.handshake.query['room']);
  void socket.join(room);
  socket.on('update', (update: Buffer) => {
    socket.to(room).emit('update', update);
  });
});
http.listen(Number(process.env['PORT']), '127.0.0.1', () => {
  process.stdout.write('ready\n');
});
