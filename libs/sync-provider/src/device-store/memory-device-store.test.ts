/** The device store of programs. */
import { deviceStoreContract } from '../testing/device-store-contract.ts';
import { MemoryDeviceStore } from './memory-device-store.ts';

deviceStoreContract((name) => Promise.resolve(new MemoryDeviceStore(name)));
