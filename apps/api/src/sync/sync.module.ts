/** Rooms, their writer, and the sockets: the way of an edit. */
import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { AuthModule } from '../auth/auth.module.ts';
import { PostgresDocumentStore } from './postgres-document-store.ts';
import { RoomRegistry } from './room-registry.ts';
import { SyncGateway } from './sync.gateway.ts';

@Module({
  imports: [AccessModule, AuthModule],
  providers: [PostgresDocumentStore, RoomRegistry, SyncGateway],
  exports: [RoomRegistry, PostgresDocumentStore],
})
export class SyncModule {}
